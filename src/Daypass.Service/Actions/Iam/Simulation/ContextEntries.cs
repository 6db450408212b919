using System.Globalization;
using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>A condition key with the values that the caller wants it to have.</summary>
internal sealed record ContextEntry(string Key, IReadOnlyList<string> Values, string Type)
{
    public bool IsList => Type.EndsWith("List", StringComparison.Ordinal);
}

/// <summary>The parameter <c>ContextEntries</c>.</summary>
internal static class ContextEntries
{
    private const string Name = "ContextEntries";
    private static readonly TextRule KeyName = TextRule.Of(5, 256);

    public static IReadOnlyList<ContextEntry> Read(Parameters wire) => [.. wire.Members(Name).Select(member => new ContextEntry(
        wire.RequiredText(member + ".ContextKeyName", KeyName),
        wire.Texts(member + ".ContextKeyValues", TextRules.Any),
        wire.RequiredWord(member + ".ContextKeyType", ContextTypes.Names)))];

    /// <summary>The entries as a request's keys, on top of <paramref name="defaults"/>: what the caller says counts more.</summary>
    /// <exception cref="ApiException">InvalidInput: values that do not fit their type, or a key that comes twice.</exception>
    public static RequestContext On(IReadOnlyList<ContextEntry> entries, RequestContext defaults)
    {
        var context = new RequestContext(defaults);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            if (!seen.Add(entry.Key))
                throw Errors.InvalidInput($"Duplicate context key: {entry.Key}.");
            Check(entry);
            if (entry.IsList)
                context.SetList(entry.Key, entry.Values);
            else
                context.Set(entry.Key, entry.Values[0]);
        }
        return context;
    }

    private static void Check(ContextEntry entry)
    {
        if (entry.Values.Count == 0)
            throw Errors.InvalidInput($"Context values for context key {entry.Key} cannot be null or empty.");
        if (!entry.IsList && entry.Values.Count > 1)
            throw Errors.InvalidInput(string.Create(CultureInfo.InvariantCulture, $"Context key {entry.Key} expected a single value, but received {entry.Values.Count}."));
        if (entry.Values.FirstOrDefault(value => !ContextTypes.IsReadable(entry.Type, value)) is { } odd)
            throw Errors.InvalidInput($"Invalid context value for key {entry.Key}: expected {ContextTypes.FormatOf(entry.Type)}, not '{Errors.Shorten(odd)}'.");
    }
}
