package io.upstep.planner.recipe;

import io.upstep.planner.recipe.PlatformSpec.ParameterDeclaration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles {@code platform.yaml}: reads its versions and ranges and type-checks every expression in it. */
final class PlatformCompiler {
    private final YamlDocument document;
    private final PlatformSpec spec;
    private final Problems problems;

    PlatformCompiler(YamlDocument document, List<RecipeProblem> problems) {
        this.document = document;
        this.spec = document.as(PlatformSpec.class);
        this.problems = new Problems(document, problems);
    }

    /** The platform with these recipes; only to be used if there were no problems. */
    Platform compile(List<YamlDocument> recipes) {
        if (!spec.platform().equals(document.file().folder())) {
            problems.add(
                    "/platform",
                    FaultCode.PLATFORM_NAME,
                    "the folder's name '" + document.file().folder() + "'",
                    "'" + spec.platform() + "'",
                    "rename the one or the other");
        }
        ExpressionCompiler planning = new ExpressionCompiler(Vocabulary.ofPlanning(spec, Set.of()));
        ExpressionCompiler asking = new ExpressionCompiler(Vocabulary.ofQuestion(spec));
        return new Platform(
                document.file().name(),
                document.file().digest(),
                spec,
                Shared.of(spec.shared(), asking, "/shared", problems::add),
                facts(asking),
                new ParameterRules(spec.parameters(), defaults()),
                problems.attempt(
                        "/downgrade/allowed",
                        () -> asking.condition(spec.downgrade().allowed())),
                new UpgradeGraph(
                        versions(),
                        recipes.stream()
                                .map(recipe -> new RecipeCompiler(recipe, spec, planning, problems.into()).compile())
                                .toList(),
                        blocked(asking),
                        stops()),
                Optional.empty());
    }

    private KnownVersions versions() {
        KnownVersions versions = problems.attempt("/versions", () -> KnownVersions.of(spec.versions()));
        return versions == null ? new KnownVersions(List.of(), null) : versions;
    }

    private LinkedHashMap<String, Platform.FactTemplate> facts(ExpressionCompiler asking) {
        requireType("installed", ValueType.BOOLEAN);
        requireType("version", ValueType.TEXT);
        LinkedHashMap<String, Platform.FactTemplate> facts = new LinkedHashMap<>();
        spec.facts()
                .forEach((name, fact) -> facts.put(
                        name,
                        new Platform.FactTemplate(
                                fact.type(),
                                fact.probe(),
                                Template.of(fact.with(), asking, "/facts/" + name + "/with", problems::add))));
        return facts;
    }

    private void requireType(String fact, ValueType type) {
        ValueType declared = spec.facts().get(fact).type();
        if (declared != type) {
            problems.add(
                    "/facts/" + fact + "/type",
                    FaultCode.FACT_TYPE,
                    type.word(),
                    declared.word(),
                    "write type: " + type.word() + ", which the fact '" + fact + "' always has");
        }
    }

    private Map<String, Template> defaults() {
        ExpressionCompiler compiler = new ExpressionCompiler(Vocabulary.ofInstallation());
        Map<String, Template> defaults = new HashMap<>();
        for (int i = 0; i < spec.parameters().size(); i++) {
            ParameterDeclaration parameter = spec.parameters().get(i);
            String path = "/parameters/" + i;
            if (parameter.required() == parameter.hasDefault()) {
                problems.add(
                        path,
                        FaultCode.PARAMETER_DEFAULT,
                        "parameter '" + parameter.name() + "' to be either required or to have a default",
                        parameter.required() ? "both" : "neither",
                        "write required: true, or a default");
            } else if (parameter.hasDefault()) {
                defaults.put(
                        parameter.name(),
                        Template.of(parameter.defaultValue(), compiler, path + "/default", problems::add));
                requireDefaultType(parameter, path);
            }
        }
        return defaults;
    }

    private void requireDefaultType(ParameterDeclaration parameter, String path) {
        if (!parameter.type().accepts(parameter.defaultValue())) {
            problems.add(
                    path + "/default",
                    FaultCode.PARAMETER_DEFAULT,
                    parameter.type().word(),
                    parameter.defaultValue().toString(),
                    "correct the default, or the type of parameter '" + parameter.name() + "'");
        }
    }

    private List<UpgradeGraph.Blocked> blocked(ExpressionCompiler asking) {
        return problems.each(
                "/blocked",
                spec.blocked(),
                block -> new UpgradeGraph.Blocked(
                        new Recipe.Edge(VersionRange.of(block.from()), VersionRange.of(block.to())),
                        block.unless() == null ? null : asking.condition(block.unless()),
                        block));
    }

    private List<UpgradeGraph.Stop> stops() {
        return problems.each("/stops", spec.stops(), stop -> {
            VersionRange at = VersionRange.of(stop.at());
            if (versions().listed().stream().noneMatch(at::contains)) {
                throw new FaultException(
                        FaultCode.STOP_UNREACHABLE,
                        "a range that holds a known version",
                        "'" + stop.at() + "', so that no path could ever pass it",
                        "add the version to versions.known, or correct the range");
            }
            return new UpgradeGraph.Stop(at, stop);
        });
    }
}
