using System.Text;
using Daypass.Service.Audit;

namespace Daypass.Storage.Sql;

/// <summary>
/// An event's resources in one column: <c>\n type \t name \n type \t name \n</c>. Each type stands between \n and \t and each name
/// between \t and \n, so that a search for either is a search for a piece of text. The separators inside values are escaped.
/// </summary>
internal static class ResourceText
{
    public static string Encode(IReadOnlyList<AuditResource> resources)
    {
        if (resources.Count == 0)
            return "";
        var text = new StringBuilder("\n");
        foreach (var resource in resources)
            text.Append(Escape(resource.Type)).Append('\t').Append(Escape(resource.Name)).Append('\n');
        return text.ToString();
    }

    public static IReadOnlyList<AuditResource> Decode(string text) =>
        text.Length == 0 ? [] : [.. text[1..^1].Split('\n').Select(Resource)];

    /// <summary>What the column contains if one of the resources has this type.</summary>
    public static string PieceOfType(string type) => $"\n{Escape(type)}\t";

    /// <summary>What the column contains if one of the resources has this name.</summary>
    public static string PieceOfName(string name) => $"\t{Escape(name)}\n";

    private static AuditResource Resource(string line)
    {
        var parts = line.Split('\t');
        return new AuditResource(Unescape(parts[0]), Unescape(parts[1]));
    }

    private static string Escape(string value) =>
        value.AsSpan().ContainsAny('\\', '\t', '\n') ? value.Replace(@"\", @"\\").Replace("\t", @"\t").Replace("\n", @"\n") : value;

    private static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
            return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
            text.Append(value[i] != '\\' ? value[i] : value[++i] switch { 't' => '\t', 'n' => '\n', var other => other });
        return text.ToString();
    }
}
