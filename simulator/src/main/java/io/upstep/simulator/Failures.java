package io.upstep.simulator;

import io.upstep.simulator.rules.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Counts down the requests that were ordered to fail. */
final class Failures {
    private final List<Order> orders = new ArrayList<>();

    synchronized void order(int requests, int status, Predicate<RequestLog.Entry> which) {
        orders.add(new Order(requests, status, which));
    }

    synchronized void clear() {
        orders.clear();
    }

    synchronized Optional<Refusal> take(RequestLog.Entry request) {
        Optional<Order> order =
                orders.stream().filter(o -> o.which.test(request)).findFirst();
        order.ifPresent(this::count);
        return order.map(o -> Refusal.withCode(o.status));
    }

    private void count(Order order) {
        order.left--;
        if (order.left == 0) {
            orders.remove(order);
        }
    }

    private static final class Order {
        private final int status;
        private final Predicate<RequestLog.Entry> which;
        private int left;

        private Order(int left, int status, Predicate<RequestLog.Entry> which) {
            this.left = left;
            this.status = status;
            this.which = which;
        }
    }
}
