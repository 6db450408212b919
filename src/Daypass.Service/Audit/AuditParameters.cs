using System.Text.Json;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Audit;

/// <summary>
/// The <c>requestParameters</c> of a record: what the action read, as nested JSON under lower camel names. Parameters that an action calls secret
/// are left out, and what is beyond CloudTrail's 100 KB is cut, so that a caller cannot fill the trail with one call.
/// </summary>
internal static class AuditParameters
{
    private const int MaxTotal = 100 * 1024;
    private const string Hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

    public static void Write(Utf8JsonWriter json, ApiAction action, Parameters parameters, SessionClaims? session)
    {
        var used = parameters.ListUsed();
        if (used.Count == 0)
        {
            json.WriteNull("requestParameters"u8);
            return;
        }
        json.WriteStartObject("requestParameters"u8);
        if (IsFlat(used))
            WriteFlat(json, action, used);
        else
            WriteTree(json, Tree.Of(used, action));
        if (action.InheritsTags && session is { TransitiveTagKeys.Count: > 0 })
            WriteIncomingTags(json, session);
        json.WriteEndObject();
    }

    private static void WriteIncomingTags(Utf8JsonWriter json, SessionClaims session)
    {
        json.WriteStartObject("incomingTransitiveTags"u8);
        foreach (var (key, value) in session.Tags)
        {
            if (session.TransitiveTagKeys.Contains(key))
                json.WriteString(key, value);
        }
        json.WriteEndObject();
    }

    private static bool IsFlat(List<KeyValuePair<string, string>> used)
    {
        foreach (var pair in used)
        {
            if (pair.Key.Contains('.'))
                return false;
        }
        return true;
    }

    private static void WriteFlat(Utf8JsonWriter json, ApiAction action, List<KeyValuePair<string, string>> used)
    {
        var left = MaxTotal;
        foreach (var (name, value) in used)
        {
            if ((left -= name.Length + value.Length) < 0)
                continue;
            json.WriteString(AuditShapeWriter.LowerCamel(name), action.IsSecret(name) ? Hidden : value);
        }
    }

    private static void WriteTree(Utf8JsonWriter json, Tree tree)
    {
        foreach (var (name, child) in tree.Children)
        {
            if (child.Children.Count == 0)
            {
                json.WriteString(AuditShapeWriter.LowerCamel(name), child.Value);
            }
            else if (child.Children.TryGetValue("member", out var list) && child.Children.Count == 1)
            {
                json.WriteStartArray(AuditShapeWriter.LowerCamel(name));
                WriteMembers(json, list);
                json.WriteEndArray();
            }
            else
            {
                json.WriteStartObject(AuditShapeWriter.LowerCamel(name));
                WriteTree(json, child);
                json.WriteEndObject();
            }
        }
    }

    private static void WriteMembers(Utf8JsonWriter json, Tree list)
    {
        foreach (var member in list.Children.Values)
        {
            if (member.Children.Count == 0)
            {
                json.WriteStringValue(member.Value);
                continue;
            }
            json.WriteStartObject();
            WriteTree(json, member);
            json.WriteEndObject();
        }
    }

    private sealed class Tree
    {
        private const int MaxDepth = 8;

        public string Value { get; private set; } = "";

        public Dictionary<string, Tree> Children { get; } = new(StringComparer.Ordinal);

        public static Tree Of(List<KeyValuePair<string, string>> used, ApiAction action)
        {
            var root = new Tree();
            var left = MaxTotal;
            foreach (var (name, value) in used)
            {
                if ((left -= name.Length + value.Length) < 0)
                    break;
                var node = root;
                foreach (var part in name.Split('.', MaxDepth, StringSplitOptions.RemoveEmptyEntries))
                {
                    if (!node.Children.TryGetValue(part, out var child))
                        node.Children[part] = child = new Tree();
                    node = child;
                }
                node.Value = action.IsSecret(name) ? Hidden : value;
            }
            return root;
        }
    }
}
