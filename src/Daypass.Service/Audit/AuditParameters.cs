using System.Globalization;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Audit;

/// <summary>
/// The <c>requestParameters</c> of a record: what the action read, as nested JSON under lower camel names, and what the caller's session or
/// assertion brought along. Of parameters that an action calls secret only that they were there.
/// </summary>
internal static class AuditParameters
{
    private const string Hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

    /// <returns>Whether something had to be cut.</returns>
    public static bool Write(AuditScratch scratch, ApiAction action, Parameters parameters, Caller caller)
    {
        var used = parameters.ListUsed();
        if (used.Count == 0)
        {
            scratch.Json.WriteNull("requestParameters"u8);
            return false;
        }
        scratch.Json.WriteStartObject("requestParameters"u8);
        var json = scratch.Limited;
        json.Begin(AuditLimits.Elements);
        if (IsFlat(used))
            WriteFlat(json, action, used);
        else
            WriteTree(json, ParameterTree.Of(used, action));
        if (action.InheritsTags && caller.Session is { TransitiveTagKeys.Count: > 0 } session)
            WriteIncomingTags(json, session);
        if (caller.Federated is { } federated)
            WriteAsserted(json, federated);
        json.EndObject();
        return json.IsCut;
    }

    private static bool IsFlat(List<UsedParameter> used)
    {
        foreach (var parameter in used)
        {
            if (parameter.Name.Contains('.'))
                return false;
        }
        return true;
    }

    private static void WriteFlat(LimitedJson json, ApiAction action, List<UsedParameter> used)
    {
        foreach (var parameter in used)
            WriteValue(json, AuditShapeWriter.LowerCamel(parameter.Name), Shown(parameter, action));
    }

    private static void WriteTree(LimitedJson json, ParameterTree tree)
    {
        foreach (var (name, child) in tree.Children)
        {
            var shown = AuditShapeWriter.LowerCamel(name);
            if (child.Children.Count == 0)
            {
                WriteValue(json, shown, child.Value);
            }
            else if (child.Children.TryGetValue("member", out var list) && child.Children.Count == 1)
            {
                if (json.TryStartArray(shown))
                    WriteMembers(json, list);
            }
            else if (json.TryStartObject(shown))
            {
                WriteTree(json, child);
                json.EndObject();
            }
        }
    }

    private static void WriteMembers(LimitedJson json, ParameterTree list)
    {
        foreach (var member in list.Children.Values)
        {
            if (member.Children.Count == 0)
            {
                json.Text(member.Value.Value);
            }
            else if (json.TryStartObject())
            {
                WriteTree(json, member);
                json.EndObject();
            }
        }
        json.EndArray();
    }

    private static void WriteValue(LimitedJson json, string name, in UsedParameter parameter)
    {
        if (parameter.ReadAs == ReadAs.Number)
            json.Number(name, long.Parse(parameter.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        else if (parameter.ReadAs == ReadAs.Flag)
            json.Flag(name, parameter.Value is "true" or "True");
        else
            json.Text(name, parameter.Value);
    }

    private static UsedParameter Shown(in UsedParameter parameter, ApiAction action) =>
        action.IsSecret(parameter.Name) ? new UsedParameter(parameter.Name, Hidden, ReadAs.Text) : parameter;

    private static void WriteIncomingTags(LimitedJson json, SessionClaims session)
    {
        if (!json.TryStartObject("incomingTransitiveTags"))
            return;
        foreach (var (key, value) in session.Tags)
        {
            if (session.TransitiveTagKeys.Contains(key))
                json.Text(key, value);
        }
        json.EndObject();
    }

    private static void WriteAsserted(LimitedJson json, FederatedIdentity identity)
    {
        if (identity.AssertionId is { } id)
            json.Text("sAMLAssertionID", id);
        if (identity.SessionName is { } session)
            json.Text("roleSessionName", session);
        if (identity.Certificate.Count > 0 && json.TryStartObject("x509Certificate"))
        {
            foreach (var (name, value) in identity.Certificate)
                json.Text(name, value);
            json.EndObject();
        }
        if (identity.PrincipalTags.Count > 0 && json.TryStartObject("principalTags"))
        {
            foreach (var (key, value) in identity.PrincipalTags)
                json.Text(key, value);
            json.EndObject();
        }
        if (identity.TransitiveTagKeys.Count > 0 && json.TryStartArray("transitiveTagKeys"))
        {
            foreach (var key in identity.TransitiveTagKeys)
                json.Text(key);
            json.EndArray();
        }
    }

    /// <summary>Parameters by the parts of their names, in the order they came in.</summary>
    private sealed class ParameterTree
    {
        private const int MaxDepth = 8;

        public UsedParameter Value { get; private set; } = new("", "", ReadAs.Text);

        public Dictionary<string, ParameterTree> Children { get; } = new(StringComparer.Ordinal);

        public static ParameterTree Of(List<UsedParameter> used, ApiAction action)
        {
            var root = new ParameterTree();
            foreach (var parameter in used)
            {
                var node = root;
                foreach (var part in parameter.Name.Split('.', MaxDepth, StringSplitOptions.RemoveEmptyEntries))
                {
                    if (!node.Children.TryGetValue(part, out var child))
                        node.Children[part] = child = new ParameterTree();
                    node = child;
                }
                node.Value = Shown(parameter, action);
            }
            return root;
        }
    }
}
