using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies.Plain;

/// <summary>Writes policies of AWS's syntax in uproject's: another hand than the reader's, and in the other direction.</summary>
internal static class UrnWriter
{
    /// <summary>The document in the other syntax; null if it says what only AWS's can.</summary>
    public static string? Document(string aws, PolicyType type, Random random)
    {
        var root = JsonNode.Parse(aws)!;
        if (root["Version"]?.GetValue<string>() != "2012-10-17" || aws.Contains("Federated", StringComparison.Ordinal) || aws.Contains("CanonicalUser", StringComparison.Ordinal))
            return null;
        root["Version"] = "1";
        foreach (var statement in root["Statement"]!.AsArray())
            Rewrite(statement!.AsObject(), type, random);
        return root.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>The URN of an ARN or pattern of one, or the text itself if it has none.</summary>
    public static string Name(string arn)
    {
        var fields = arn.Split(':', 6);
        if (fields.Length < 3 || fields[0] != "arn" || fields[1] != "aws")
            return arn;
        if (fields.Length > 4 && fields[4] is not ("" or "*" or "aws") && !(fields[4].Length == 12 && fields[4].All(char.IsAsciiDigit)))
            return arn;
        if (fields.Length > 4)
            fields[4] = fields[4] == "aws" ? "ucs" : fields[4].TrimStart('0');
        return "ucs:" + string.Join(':', fields.Skip(2));
    }

    private static void Rewrite(JsonObject statement, PolicyType type, Random random)
    {
        foreach (var name in (string[])["Resource", "NotResource"])
            Names(statement, name);
        if (type is not (PolicyType.Resource or PolicyType.ResourceControl) && statement["Resource"] is { } resource && resource.ToJsonString() is "\"*\"" or "[\"*\"]")
            statement["Resource"] = null;
        foreach (var name in (string[])["Principal", "NotPrincipal"])
            Principal(statement, name, random);
        foreach (var (op, keys) in statement["Condition"]?.AsObject().ToArray() ?? [])
        {
            foreach (var (key, _) in op.Contains("Arn", StringComparison.OrdinalIgnoreCase) ? keys!.AsObject().ToArray() : [])
                Names(keys!.AsObject(), key);
        }
    }

    private static void Principal(JsonObject statement, string name, Random random)
    {
        if (statement[name] is not JsonObject types || types["AWS"] is not { } entries)
            return;
        types.Remove("AWS");
        var form = types.Count > 0 ? random.Next(3) : random.Next(4);
        types[form switch { 0 => "UCS", 1 => "IAM", _ => "AWS" }] = entries;
        foreach (var (type, _) in types.ToArray())
            Names(types, type);
        if (form == 3)
            statement[name] = types["AWS"]!.DeepClone();
    }

    private static void Names(JsonObject owner, string member)
    {
        if (owner[member] is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
                list[i] = list[i] is JsonValue text && text.GetValueKind() == JsonValueKind.String ? Name(text.GetValue<string>()) : list[i]!.DeepClone();
        }
        else if (owner[member] is JsonValue one && one.GetValueKind() == JsonValueKind.String)
        {
            owner[member] = Name(one.GetValue<string>());
        }
    }
}
