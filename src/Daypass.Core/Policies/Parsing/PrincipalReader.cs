using Daypass.Names;
using Daypass.Policies.Matching;

namespace Daypass.Policies.Parsing;

/// <summary>Reads the entries of a principal element. Wildcards stand only alone; groups are no principals.</summary>
internal static class PrincipalReader
{
    private const int UniqueIdLength = 21;

    /// <summary>The entries, or the first that names nobody, with its type.</summary>
    public static List<PrincipalPattern> Read(PolicySource source, JsonItem element, out (string Type, JsonItem Item)? fault)
    {
        fault = null;
        var patterns = new List<PrincipalPattern>();
        if (element.Kind == JsonKind.Text)
            patterns.Add(new(PrincipalPatternKind.Anyone, element.Text, source.At(element.Start)));
        foreach (var (type, entries) in element.Members)
        {
            foreach (var entry in entries.OneOrMany)
            {
                if (KindOf(type, entry.Text) is { } kind)
                    patterns.Add(new(kind, entry.Text, source.At(entry.Start)));
                else
                    fault ??= (type, entry);
            }
        }
        return patterns;
    }

    /// <summary>What an entry names; null if nobody.</summary>
    public static PrincipalPatternKind? KindOf(string type, string text)
    {
        if (type == "AWS" && text == "*")
            return PrincipalPatternKind.Anyone;
        if (text.Length == 0 || text.AsSpan().ContainsAny('*', '?'))
            return null;
        return type switch
        {
            "Service" => PrincipalPatternKind.Service,
            "Federated" => PrincipalPatternKind.Federated,
            "CanonicalUser" => PrincipalPatternKind.CanonicalUser,
            _ => KindOfAws(text),
        };
    }

    private static PrincipalPatternKind? KindOfAws(string text)
    {
        if (AccountId.TryParse(text, out _))
            return PrincipalPatternKind.Account;
        if (text.Length == UniqueIdLength && (text.StartsWith(UniqueId.User, StringComparison.Ordinal) || text.StartsWith(UniqueId.Role, StringComparison.Ordinal)))
            return PrincipalPatternKind.UniqueId;
        var fields = new ArnFields(text);
        if (!fields.IsArn || fields[1].IsEmpty || !fields[3].IsEmpty || !AccountId.TryParse(fields[4], out _))
            return null;
        return fields[2] switch
        {
            "iam" => KindOfIam(fields[5]),
            "sts" => KindOfSts(fields[5]),
            _ => null,
        };
    }

    private static PrincipalPatternKind? KindOfIam(ReadOnlySpan<char> resource) => resource switch
    {
        "root" => PrincipalPatternKind.Account,
        ['u', 's', 'e', 'r', '/', _, ..] => PrincipalPatternKind.User,
        ['r', 'o', 'l', 'e', '/', _, ..] => PrincipalPatternKind.Role,
        _ => null,
    };

    private static PrincipalPatternKind? KindOfSts(ReadOnlySpan<char> resource)
    {
        var slashes = resource.Count('/');
        if (slashes == 2 && resource.StartsWith("assumed-role/", StringComparison.Ordinal) && resource[^1] != '/')
            return PrincipalPatternKind.RoleSession;
        return slashes == 1 && resource.StartsWith("federated-user/", StringComparison.Ordinal) && resource[^1] != '/'
            ? PrincipalPatternKind.FederatedUser
            : null;
    }
}
