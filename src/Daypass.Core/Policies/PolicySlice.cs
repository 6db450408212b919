using System.Text;
using Daypass.Policies.Matching;
using Daypass.Policies.Parsing;

namespace Daypass.Policies;

/// <summary>Reduces a document to what can concern one service, for those who decide about that service only.</summary>
internal static class PolicySlice
{
    // An action without a name is none, so these never apply; they keep a document from being empty, which no policy may be.
    private const string Inert = "{\"Effect\":\"Deny\",\"Action\":\"none:\",\"Resource\":\"*\"}";
    private const string InertWithPrincipal = "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"none:\",\"Resource\":\"*\"}";
    private const string InertTrust = "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sts:\"}";

    public static string Of(PolicyDocument document, string service)
    {
        if (document.IsClosed)
            return ClosedDocument.Text(document.Type, document.Syntax);
        var lower = ActionPattern.Lower(service);
        var slice = new StringBuilder($"{{\"Version\":\"{document.Version}\",\"Statement\":[");
        var start = slice.Length;
        foreach (var statement in document.Statements)
        {
            if (!statement.ConcernsService(lower))
                continue;
            if (slice.Length > start)
                slice.Append(',');
            slice.Append(document.Text.AsSpan()[statement.Raw]);
        }
        if (slice.Length == start)
            slice.Append(NeverApplies(document.Type));
        return slice.Append("]}").ToString();
    }

    private static string NeverApplies(PolicyType type) => type switch
    {
        PolicyType.Trust => InertTrust,
        PolicyType.Resource or PolicyType.ResourceControl => InertWithPrincipal,
        _ => Inert,
    };
}
