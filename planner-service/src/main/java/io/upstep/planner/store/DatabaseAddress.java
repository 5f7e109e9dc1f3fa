package io.upstep.planner.store;

/** How to reach a database. */
record DatabaseAddress(String url, String username, String password) {

    @Override
    public String toString() {
        return url;
    }
}
