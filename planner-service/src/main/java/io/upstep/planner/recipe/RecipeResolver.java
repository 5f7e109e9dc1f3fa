package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Fact;
import io.upstep.event.FactSpec;
import io.upstep.planner.plan.Resolution;
import io.upstep.planner.plan.Resolver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers from the catalogue's upgrade graphs, judged on the facts of the live installation. */
@ApplicationScoped
public class RecipeResolver implements Resolver {
    private static final String INSTALLED = "installed";
    private static final String VERSION = "version";

    private final Catalogue catalogue;

    @Inject
    public RecipeResolver(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * {@inheritDoc} A fact that cannot be asked for, because the question itself is wrong, is left out here and named by
     * {@link #resolve}.
     */
    @Override
    public List<FactSpec> factsToObserve(Question question) {
        return catalogue
                .find(question.platform())
                .map(platform -> factsToObserve(platform, question))
                .orElse(List.of());
    }

    @Override
    public Resolution resolve(Question question, Map<String, Fact> facts) {
        try {
            return resolved(question, facts);
        } catch (RefusedException e) {
            return new Resolution.Refused(e.refusal());
        }
    }

    private List<FactSpec> factsToObserve(Platform platform, Question question) {
        List<FactSpec> specs = new ArrayList<>();
        try {
            Scope scope = scope(platform, question);
            for (Map.Entry<String, Platform.FactTemplate> fact :
                    platform.facts().entrySet()) {
                Platform.FactTemplate template = fact.getValue();
                specs.add(new FactSpec(fact.getKey(), template.probe(), (ObjectNode)
                        template.with().fill(scope)));
            }
            return specs;
        } catch (RefusedException | CannotEvaluate e) {
            return specs;
        }
    }

    private Resolution resolved(Question question, Map<String, Fact> facts) throws RefusedException {
        Platform any = catalogue
                .find(question.platform())
                .orElseThrow(() -> new RefusedException(Refusals.platformUnknown(
                        question.platform(),
                        catalogue.platforms().stream().map(PlatformInfo::name).toList())));
        Scope scope = scope(any, question);
        Platform platform = chosen(any, scope);
        VersionNumber target = Route.target(platform, question.target());
        Route route = isInstalled(facts.get(INSTALLED))
                ? Route.find(platform, running(platform, facts.get(VERSION)), target, mayGoBack(platform, scope))
                : Route.installing(platform, target)
                        .orElseThrow(() -> new RefusedException(
                                Refusals.notInstalled(platform, question.installation(), facts.get(INSTALLED))));
        Scope known = scope.with("target", target.text());
        for (Map.Entry<String, Platform.FactTemplate> fact : platform.facts().entrySet()) {
            known = known.withFact(fact.getKey(), fact.getValue().type(), facts.get(fact.getKey()));
        }
        return new RoutePlanner(platform, known, facts, question.waived()).plan(route);
    }

    private static Scope scope(Platform platform, Question question) throws RefusedException {
        ObjectNode given =
                question.parameters() == null ? JsonNodeFactory.instance.objectNode() : question.parameters();
        List<ParameterProblem> problems = platform.parameters().problems(given);
        if (!problems.isEmpty()) {
            throw new RefusedException(Refusals.parametersInvalid(problems));
        }
        try {
            return platform.shared()
                    .bind(platform.parameters()
                            .bind(Scope.of(question.installation()).with("target", question.target()), given));
        } catch (CannotEvaluate e) {
            throw new RefusedException(Refusals.recipeFailed(platform.file(), e));
        }
    }

    private static boolean isInstalled(Fact installed) throws RefusedException {
        requireKnown(INSTALLED, installed);
        return installed.value().isBoolean() && installed.value().booleanValue();
    }

    private static void requireKnown(String name, Fact fact) throws RefusedException {
        if (fact == null || !fact.isKnown()) {
            String reason = fact == null ? "it was not observed" : fact.unknown();
            throw new RefusedException(Refusals.factUnknown(name, fact, reason));
        }
    }

    private static VersionNumber running(Platform platform, Fact version) throws RefusedException {
        if (version == null || !version.isKnown()) {
            String reason = version == null ? "it was not observed" : version.unknown();
            throw new RefusedException(Refusals.versionUnknown(platform, "unknown", version, reason));
        }
        String text = version.value().asText();
        Optional<VersionNumber> known = platform.graph().versions().find(text);
        return known.orElseThrow(() -> new RefusedException(Refusals.versionUnknown(
                platform, text, version, "it says '" + text + "', which is not one of its versions")));
    }

    private static Platform chosen(Platform platform, Scope scope) throws RefusedException {
        try {
            return platform.chosen(scope);
        } catch (CannotEvaluate e) {
            throw new RefusedException(Refusals.recipeFailed(platform.file(), e));
        }
    }

    private static boolean mayGoBack(Platform platform, Scope scope) throws RefusedException {
        try {
            return platform.downgradeAllowed().holds(scope);
        } catch (CannotEvaluate e) {
            throw new RefusedException(Refusals.recipeFailed(platform.file(), e));
        }
    }
}
