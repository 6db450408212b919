using System.Text;
using System.Text.Encodings.Web;

namespace Daypass.Policies.Parsing;

/// <summary>
/// A document as it is bound to one project: the same text, with a condition more in each statement. So a scope is a condition like any other, for
/// the evaluator, for slices, and for whoever reads an explanation.
/// </summary>
internal static class ProjectScope
{
    // A name that the statement does not have yet: two of one name would be one too many. All of them compare a single value in the same way.
    private static readonly string[] Operators = ["StringEquals", "StringLike", "ForAnyValue:StringEquals", "ForAnyValue:StringLike"];

    /// <summary>Denies everything if it is not certain where the condition belongs.</summary>
    public static PolicyDocument Of(PolicyDocument document, string key, string project) =>
        document.Fault is null && Text(document.Text, key, project) is { } text
            ? PolicyDocument.ReadStored(text, document.Type, document.Syntax)
            : ClosedDocument.Of(document.Text, document.Type, document.Syntax, document.Fault ?? new PolicyError("The document cannot be bound to a project.", new TextPosition(0, 1, 1)));

    private static string? Text(string text, string key, string project)
    {
        if (JsonTree.TryRead(new PolicySource(text), allowsRepeated: false, out _)?["Statement"] is not { } statements)
            return null;
        var scoped = new StringBuilder(text);
        // From the last to the first, so that the places of those before stay true.
        foreach (var statement in statements.OneOrMany.Reverse())
        {
            if (Insertion(statement, key, project) is not { } insertion)
                return null;
            scoped.Insert(insertion.At, insertion.Text);
        }
        return scoped.ToString();
    }

    private static (int At, string Text)? Insertion(JsonItem statement, string key, string project)
    {
        if (statement.Kind != JsonKind.Object)
            return null;
        if (statement["Condition"] is not { } condition)
            return (statement.Start + 1, $"\"Condition\":{{{Member(Operators[0], key, project)}}},");
        var free = Operators.FirstOrDefault(name => !condition.Members.Keys.Contains(name, StringComparer.OrdinalIgnoreCase));
        return free is null || condition.Kind != JsonKind.Object
            ? null
            : (condition.Start + 1, Member(free, key, project) + (condition.Members.Count == 0 ? "" : ","));
    }

    private static string Member(string name, string key, string project) =>
        $"\"{name}\":{{\"{key}\":\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(project)}\"}}";
}
