using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>
/// Finds the calls of Daypass's own API among the requests that protected services show. Such a request is good for Daypass itself, whoever
/// sends it there: the dialect's signature names no service. A service that gets a verdict on one is one that invites them, or plays them back.
/// </summary>
internal static class OwnCalls
{
    private const string Parameter = "Action";
    private static readonly string[] Names = [.. new UprojectCatalog().All.Select(action => action.Name)];

    /// <summary>
    /// Whether the text, or any other splitting of it into names and values, calls one of Daypass's actions. Names are sorted, and each request
    /// has a PublicKey: so what follows the value of Action is a name between the two, which begins with a letter from A to P.
    /// </summary>
    public static bool MayBeIn(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf(Parameter, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Parameter, StringComparison.Ordinal))
        {
            text = text[(at + Parameter.Length)..];
            if (BeginsWithOne(text))
                return true;
        }
        return false;
    }

    private static bool BeginsWithOne(ReadOnlySpan<char> text)
    {
        foreach (var name in Names)
        {
            if (text.StartsWith(name, StringComparison.Ordinal) && (text.Length == name.Length || text[name.Length] is >= 'A' and <= 'P'))
                return true;
        }
        return false;
    }
}
