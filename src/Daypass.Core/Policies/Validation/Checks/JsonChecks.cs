using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Whether there is JSON at all, and each name only once.</summary>
internal static class JsonChecks
{
    /// <summary>The root, or null if nothing more can be said.</summary>
    public static JsonItem? TryRead(PolicySource source, Findings findings)
    {
        if (source.Text.Length > PolicyChoices.MaxLength)
        {
            findings.AddAt(Issues.TooLong, source.At(0), $"The document has {source.Text.Length} characters; no document of more than {PolicyChoices.MaxLength} is read.");
            return null;
        }
        if (JsonTree.TryRead(source, allowsRepeated: true, out var error) is { } root)
        {
            Repeated(new Place(root), findings);
            return root;
        }
        var at = error!.Position;
        findings.AddAt(Issues.JsonSyntaxError, at, $"The text is no JSON from line {at.Line}, column {at.Column} on (JSON has no comments, no commas before a closing bracket and at most {PolicyChoices.MaxDepth} levels).");
        return null;
    }

    private static void Repeated(Place place, Findings findings)
    {
        foreach (var name in place.Json.Repeated ?? [])
            findings.AddKey(Issues.JsonSyntaxError, place[name]!, $"The name {Words.Quote(name)} stands more than once in one object. Keep one.");
        foreach (var child in place.Members)
            Repeated(child, findings);
        if (place.Json.Kind != JsonKind.Array)
            return;
        foreach (var child in place.OneOrMany)
            Repeated(child, findings);
    }
}
