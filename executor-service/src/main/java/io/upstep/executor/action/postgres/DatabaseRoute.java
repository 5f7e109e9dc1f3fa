package io.upstep.executor.action.postgres;

import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Address;
import io.upstep.executor.action.route.Route;
import io.upstep.executor.action.route.Routes;

/** The way to a database. */
record DatabaseRoute(Database wanted, Route route) implements AutoCloseable {

    static DatabaseRoute open(Database wanted, Routes routes, StepContext context) {
        return new DatabaseRoute(wanted, routes.to(wanted.place(), context));
    }

    /** The database where it is to be reached at this moment. */
    Database database() {
        Address address = route.address();
        return wanted.isAt(address) ? wanted : wanted.at(address.host(), address.port());
    }

    @Override
    public void close() {
        route.close();
    }
}
