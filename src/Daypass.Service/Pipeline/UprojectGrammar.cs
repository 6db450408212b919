using System.Text;
using Daypass.Signing;

namespace Daypass.Service.Pipeline;

/// <summary>
/// What an action of the uproject dialect takes, learned from what it asks for while it reads. Nothing delimits names from values in what
/// clients of the dialect sign, so whoever has read a request could cut it up in another way and send that: <c>P=olicy{...}</c> is a request
/// without its session policy. So of all requests with one signed text at most one is carried
/// out: names that the action does not know are refused, and so is a value that hides a parameter which the action would have
/// taken (<see cref="UprojectReadings"/>). See docs/decisions/0043.
/// </summary>
internal sealed class UprojectGrammar : UprojectVocabulary
{
    private UprojectGrammar()
    {
    }

    /// <summary>One to be taught by the action while it reads; null for calls whose signature has delimiters.</summary>
    public static UprojectGrammar? For(ApiRequest request) => request.Uproject is null ? null : New();

    /// <summary>One that knows what every call may have, and nothing of any action yet.</summary>
    public static UprojectGrammar New() => new();

    /// <summary>Refuses a request that is not the only reading of what was signed, or not the one that counts.</summary>
    /// <exception cref="ApiException">ValidationError.</exception>
    public void RequireOneReading(ApiRequest request)
    {
        var signed = request.Uproject!;
        foreach (var (name, value) in signed.Arguments)
        {
            if (!Knows(name) && !(value.Length == 0 && HasList(name) && signed.Nested.Contains(name)))
                throw Errors.BadParameter(name, $"The action {request.Action.Name} has no parameter {Errors.Shorten(name)}.");
        }
        foreach (var name in signed.Nested)
            RequireNames(name, signed);
        if (UprojectReadings.FindOther(signed, this) is { } hiding)
            throw Errors.BadParameter(hiding, $"The value of {hiding} holds the name of another parameter of {request.Action.Name}, so that its signature stands for another request, too. Say it in other words.");
    }

    private bool Knows(string name) => Has(name) || (name.LastIndexOf('.') is > 0 and var dot && HasList(name[..dot]) && name.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') < 0);

    // The items of a nested list are signed in a row. Names of things, which begin alike and have that beginning nowhere else, can be told apart.
    private static void RequireNames(string list, UprojectRequest signed)
    {
        var items = new StringBuilder();
        foreach (var (name, value) in signed.Arguments)
        {
            if (!name.StartsWith(list, StringComparison.Ordinal) || name.Length == list.Length || name[list.Length] != '.')
                continue;
            if (BeginningOf(value) is not { } beginning || value.LastIndexOf(beginning, StringComparison.Ordinal) != 0)
                throw Errors.BadParameter(name, $"A list in JSON may hold URNs. Send {list} with its members' numbers in their names: {list}.0.");
            items.Append(value);
        }
        // Of an object the names are signed, too, and end nowhere: 12ab may be 2ab as the member 1.
        if (signed.Signed.First(part => part.Key == list).Value != items.ToString())
            throw Errors.BadParameter(list, $"The parameter {list} is a list, and no object.");
    }

    // Prefix and product of a URN.
    private static string? BeginningOf(string value)
    {
        var prefix = value.IndexOf(':', StringComparison.Ordinal);
        var product = prefix <= 0 ? -1 : value.IndexOf(':', prefix + 1);
        return product > prefix + 1 && char.IsAsciiLetter(value[0]) ? value[..(product + 1)] : null;
    }
}
