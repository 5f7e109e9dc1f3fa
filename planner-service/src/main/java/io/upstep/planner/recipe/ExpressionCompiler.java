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
import java.util.Set;
import java.util.stream.Collectors;

/** Compiles CEL expressions against a vocabulary: a wrong name or type is found when a recipe is loaded, not when it runs. */
final class ExpressionCompiler {
    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .addLibraries(CelExtensions.strings())
            .addFunctionBindings(
                    CelFunctionBinding.from("string_in_range", String.class, String.class, VersionFunctions::inRange),
                    CelFunctionBinding.from("string_major", String.class, VersionFunctions::major))
            .build();

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
            throw new IllegalArgumentException(
                    "'" + text + "' is not a valid expression: " + firstLine(e.getMessage()) + known());
        }
    }

    /** As {@link #compile}, and it must be true or false. */
    Expression condition(String text) {
        Expression expression = compile(text);
        if (!expression.type().equals(SimpleType.BOOL)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a condition: expected an expression that is true or"
                            + " false, came one of type " + expression.type().name());
        }
        return expression;
    }

    private Set<String> variables(CelAbstractSyntaxTree tree) {
        return tree.getReferenceMap().values().stream()
                .map(reference -> reference.name())
                .filter(vocabulary.variables()::containsKey)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    private String known() {
        return " (known names: "
                + vocabulary.variables().keySet().stream().sorted().collect(Collectors.joining(", ")) + ")";
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message).replaceFirst("^ERROR: <input>:\\d+:", "column ");
    }
}
