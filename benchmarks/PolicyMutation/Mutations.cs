using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Daypass.PolicyMutation;

/// <summary>The single changes that a source file offers: each comparison, each branch, each default turned into its opposite.</summary>
internal static class Mutations
{
    private static readonly Dictionary<SyntaxKind, SyntaxKind> Opposites = new()
    {
        [SyntaxKind.EqualsExpression] = SyntaxKind.NotEqualsExpression,
        [SyntaxKind.NotEqualsExpression] = SyntaxKind.EqualsExpression,
        [SyntaxKind.LessThanExpression] = SyntaxKind.LessThanOrEqualExpression,
        [SyntaxKind.LessThanOrEqualExpression] = SyntaxKind.LessThanExpression,
        [SyntaxKind.GreaterThanExpression] = SyntaxKind.GreaterThanOrEqualExpression,
        [SyntaxKind.GreaterThanOrEqualExpression] = SyntaxKind.GreaterThanExpression,
        [SyntaxKind.LogicalAndExpression] = SyntaxKind.LogicalOrExpression,
        [SyntaxKind.LogicalOrExpression] = SyntaxKind.LogicalAndExpression,
    };

    public static IEnumerable<(SyntaxNode Old, SyntaxNode New)> Of(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            if (Change(node) is { } changed)
                yield return (node, changed.WithTriviaFrom(node));
        }
    }

    private static SyntaxNode? Change(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax binary when Opposites.TryGetValue(binary.Kind(), out var opposite) =>
            SyntaxFactory.BinaryExpression(opposite, binary.Left, Token(opposite), binary.Right),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => SyntaxFactory.ParenthesizedExpression(not.Operand),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } => SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } => SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression),
        ConditionalExpressionSyntax choice => choice.WithWhenTrue(choice.WhenFalse).WithWhenFalse(choice.WhenTrue),
        IsPatternExpressionSyntax test when !node.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Any() =>
            SyntaxFactory.ParseExpression($" !({test.ToString()}) "),
        SwitchExpressionSyntax { Arms: [.., var before, { Pattern: DiscardPatternSyntax } last] } arms => arms.ReplaceNode(last.Expression, before.Expression),
        _ => null,
    };

    private static SyntaxToken Token(SyntaxKind kind) => SyntaxFactory.Token(
        SyntaxFactory.TriviaList(SyntaxFactory.Space),
        kind switch
        {
            SyntaxKind.EqualsExpression => SyntaxKind.EqualsEqualsToken,
            SyntaxKind.NotEqualsExpression => SyntaxKind.ExclamationEqualsToken,
            SyntaxKind.LessThanExpression => SyntaxKind.LessThanToken,
            SyntaxKind.LessThanOrEqualExpression => SyntaxKind.LessThanEqualsToken,
            SyntaxKind.GreaterThanExpression => SyntaxKind.GreaterThanToken,
            SyntaxKind.GreaterThanOrEqualExpression => SyntaxKind.GreaterThanEqualsToken,
            SyntaxKind.LogicalAndExpression => SyntaxKind.AmpersandAmpersandToken,
            _ => SyntaxKind.BarBarToken,
        },
        SyntaxFactory.TriviaList(SyntaxFactory.Space));
}
