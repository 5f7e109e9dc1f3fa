package io.upstep.planner.recipe;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compiles CEL expressions against a vocabulary: a wrong name or type is found when a recipe is loaded, not when it runs. */
final class ExpressionCompiler {
    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .addLibraries(CelExtensions.strings())
            .addFunctionBindings(
                    CelFunctionBinding.from("string_in_range", String.class, String.class, VersionFunctions::inRange),
                    CelFunctionBinding.from("string_major", String.class, VersionFunctions::major))
            .build();

    private static final Pattern NAME = Pattern.compile("(?<![.\\w])(facts|parameters|shared|installation)\\.\\w+");
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([\\w.]+)'");
    private static final Set<String> ROOTS = Set.of("facts", "parameters", "shared", "installation");
    private static final String LITERAL = "'(\\\\.|[^'\\\\])*'|\"(\\\\.|[^\"\\\\])*\"";

    private final Vocabulary vocabulary;
    private final CelCompiler compiler;
    /** Recipes repeat their selectors, and compiling is what loading them takes its time for. */
    private final Map<String, Expression> compiled = new HashMap<>();

    ExpressionCompiler(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.strings())
                .addFunctionDeclarations(
                        CelFunctionDecl.newFunctionDeclaration(
                                "inRange",
                                CelOverloadDecl.newMemberOverload(
                                        "string_in_range", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)),
                        CelFunctionDecl.newFunctionDeclaration(
                                "major",
                                CelOverloadDecl.newMemberOverload("string_major", SimpleType.INT, SimpleType.STRING)));
        vocabulary.variables().forEach(builder::addVar);
        this.compiler = builder.build();
    }

    /** @throws IllegalArgumentException with the reason why it is not an expression over the vocabulary */
    Expression compile(String text) {
        return compiled.computeIfAbsent(text, this::compiled);
    }

    private Expression compiled(String text) {
        try {
            CelAbstractSyntaxTree tree = compiler.compile(text).getAst();
            return new Expression(text, tree.getResultType(), variables(tree), RUNTIME.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw unknownName(text, e.getMessage()).orElseGet(() -> invalid(text, e));
        }
    }

    /** As {@link #compile}, and it must be true or false. */
    Expression condition(String text) {
        Expression expression = compile(text);
        if (!expression.type().equals(SimpleType.BOOL)) {
            throw new FaultException(
                    FaultCode.NOT_A_CONDITION,
                    "an expression that is true or false",
                    "'" + text + "', which is not a condition but of type "
                            + expression.type().name(),
                    "compare it with something");
        }
        return expression;
    }

    private Set<String> variables(CelAbstractSyntaxTree tree) {
        return tree.getReferenceMap().values().stream()
                .map(reference -> reference.name())
                .filter(vocabulary.variables()::containsKey)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    /** CEL says of a name that is not there only how it begins. */
    private Optional<FaultException> unknownName(String text, String reason) {
        Set<String> known = vocabulary.variables().keySet();
        Stream<String> dotted =
                NAME.matcher(text.replaceAll(LITERAL, "''")).results().map(MatchResult::group);
        Stream<String> single = UNDECLARED.matcher(reason).results().map(found -> found.group(1));
        return Stream.concat(dotted, single)
                .filter(name -> !known.contains(name) && !ROOTS.contains(name))
                .findFirst()
                .map(name -> new FaultException(
                        FaultCode.UNKNOWN_NAME,
                        "names and functions that are known here",
                        "'" + name + "' in '" + text + "'",
                        likeness(name, known)));
    }

    private static String likeness(String name, Set<String> known) {
        return known.stream()
                .filter(longer -> longer.endsWith("." + name))
                .findFirst()
                .map(longer -> "did you mean '" + longer + "'?")
                .orElseGet(() -> Suggestion.or(name, known, otherwise(name, known)));
    }

    private static String otherwise(String name, Set<String> known) {
        String kind = name.substring(0, name.indexOf('.') + 1);
        Set<String> ofItsKind = new TreeSet<>(known);
        ofItsKind.removeIf(other -> !other.startsWith(kind));
        return ofItsKind.isEmpty()
                ? "there are no " + kind + "* here; use one of " + String.join(", ", new TreeSet<>(known))
                : "use one of " + String.join(", ", ofItsKind);
    }

    private static FaultException invalid(String text, Exception e) {
        return new FaultException(
                FaultCode.INVALID_EXPRESSION,
                "a CEL expression",
                "'" + text + "', which is not a valid expression: " + firstLine(e.getMessage()),
                "correct it; docs/guide/recipes.md lists the names and functions there are");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message).replaceFirst("^ERROR: <input>:\\d+:", "column ");
    }
}
