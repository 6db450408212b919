using System.Text;

namespace Daypass.Signing;

/// <summary>
/// A request of UCloud's API as it arrived: its parameters, and the text that its client signed. The text depends on the shape: a list in a
/// JSON body is signed without the indexes that the same list has in a form. Read and well formed, and nothing more: no key has been
/// looked up and nothing is proven.
/// </summary>
public sealed class UprojectRequest
{
    /// <summary>How many parameters a request may have, members of lists counted one by one.</summary>
    public const int MaxParameters = 2000;

    /// <summary>How deep objects and lists of a JSON body may be nested.</summary>
    public const int MaxDepth = 16;

    /// <summary>Characters of a parameter's whole name.</summary>
    public const int MaxNameLength = 512;

    private UprojectRequest()
    {
    }

    /// <summary>The parameter <c>Action</c>; null when the request has none.</summary>
    public string? Action { get; private init; }

    /// <summary>The id of the key that signed; null when the request has none.</summary>
    public string? PublicKey { get; private init; }

    /// <summary>The signature as received; null when the request has none.</summary>
    public string? Signature { get; private init; }

    /// <summary>The token of a temporary key; null when the request has none, or an empty one as clients without a session send it.</summary>
    public string? SecurityToken { get; private init; }

    /// <summary>What the signature is over, without the secret: all parameters but <c>Signature</c>, sorted, names and values in a row.</summary>
    public string CanonicalText { get; private init; } = "";

    /// <summary>What <see cref="CanonicalText"/> is made of: all parameters but <c>Signature</c>, as they were sent, sorted by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Signed { get; private init; } = [];

    /// <summary>The names of <see cref="Signed"/> whose values are lists or objects of a JSON body. What is inside them, the signed text does not tell apart.</summary>
    public IReadOnlyList<string> Nested { get; private init; } = [];

    /// <summary>
    /// All other parameters, in the order of their names as sent, under flat names: members of lists as <c>Name.0</c>, of objects as
    /// <c>Name.Member</c>, lists and objects without any as an empty value. Values are the text that was signed. Empty values are here; the official clients mean "absent" by them.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Arguments { get; private init; } = [];

    /// <summary>
    /// Reads a request: parameters of the query and of the body together. A parameter that is in both with one value is one; any other
    /// that comes twice is an error, for of two values somebody before us may have believed the other.
    /// </summary>
    /// <param name="query">The raw query without its question mark, percent-encoded; may be empty.</param>
    /// <param name="contentType">What the body says it is: a form or JSON. Ignored when there is no body.</param>
    /// <param name="body">The whole body; its size is the caller's to limit.</param>
    /// <param name="error">Why the answer is null.</param>
    public static UprojectRequest? TryRead(ReadOnlySpan<char> query, string? contentType, ReadOnlySpan<byte> body, out UprojectError? error)
    {
        var parts = new List<UprojectPart>();
        error = query.IsEmpty ? null : UprojectForm.Read(Encoding.UTF8.GetBytes(query.ToString()), isQuery: true, parts);
        if (error is null && !body.IsEmpty)
            error = ReadBody(contentType, body, parts);
        return error is null ? Join(parts, out error) : null;
    }

    private static UprojectError? ReadBody(string? contentType, ReadOnlySpan<byte> body, List<UprojectPart> parts)
    {
        if (Is(contentType, "application/json"))
            return UprojectJson.Read(body, parts);
        return Is(contentType, "application/x-www-form-urlencoded")
            ? UprojectForm.Read(body, isQuery: false, parts)
            : new UprojectError("The content type must be application/x-www-form-urlencoded or application/json.");
    }

    private static bool Is(string? contentType, string type) =>
        contentType is not null && contentType.StartsWith(type, StringComparison.OrdinalIgnoreCase) && (contentType.Length == type.Length || contentType[type.Length] is ';' or ' ');

    private static UprojectRequest? Join(List<UprojectPart> parts, out UprojectError? error)
    {
        parts.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        if ((error = MergeDuplicates(parts)) is not null)
            return null;
        var common = new string?[CommonNames.Length];
        var text = new StringBuilder();
        var arguments = new List<KeyValuePair<string, string>>(parts.Count);
        var signed = new List<KeyValuePair<string, string>>(parts.Count);
        List<string> nested = [];
        foreach (var part in parts)
        {
            var place = Array.IndexOf(CommonNames, part.Name);
            if (place >= 0 && part.Members is not null)
                return Fail(new UprojectError($"The parameter {part.Name} must be a text.", part.Name), out error);
            if (place >= 0)
                common[place] = part.Text;
            else
                part.AddTo(arguments);
            if (part.Members is not null)
                nested.Add(part.Name);
            if (part.Name is SignatureName)
                continue;
            signed.Add(KeyValuePair.Create(part.Name, part.Text));
            text.Append(part.Name).Append(part.Text);
        }
        if (arguments.Count > MaxParameters)
            return Fail(TooMany, out error);
        if (nested.Count > 0 && FindTwice(arguments) is { } twice)
            return Fail(Twice(twice), out error);
        return new UprojectRequest
        {
            Action = common[0],
            PublicKey = common[1],
            Signature = common[2],
            SecurityToken = common[3] is { Length: > 0 } token ? token : null,
            CanonicalText = text.ToString(),
            Signed = signed,
            Nested = nested,
            Arguments = arguments,
        };
    }

    private const string SignatureName = "Signature";
    private static readonly string[] CommonNames = ["Action", "PublicKey", SignatureName, "SecurityToken"];

    internal static UprojectError TooMany { get; } = new($"The request has more than {MaxParameters} parameters.");

    internal static UprojectError Twice(string name) => new($"The parameter {name} is given more than once.", name);

    // One official client sends the action in the query and again in the body.
    private static UprojectError? MergeDuplicates(List<UprojectPart> parts)
    {
        for (var i = parts.Count - 1; i > 0; i--)
        {
            var (one, other) = (parts[i], parts[i - 1]);
            if (one.Name != other.Name)
                continue;
            if (one.IsQuery == other.IsQuery || one.Text != other.Text || one.Members is not null || other.Members is not null)
                return Twice(one.Name);
            parts.RemoveAt(i);
        }
        return null;
    }

    // Names that differ as sent can be one when flat: "A.0" beside a list named "A". All are sorted, but for those of lists.
    private static string? FindTwice(List<KeyValuePair<string, string>> arguments)
    {
        var names = new HashSet<string>(arguments.Count, StringComparer.Ordinal);
        foreach (var (name, _) in arguments)
        {
            if (!names.Add(name))
                return name;
        }
        return null;
    }

    private static UprojectRequest? Fail(UprojectError reason, out UprojectError? error)
    {
        error = reason;
        return null;
    }
}
