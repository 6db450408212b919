using System.Text.Json;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies.Plain;

/// <summary>One statement as its JSON says it, element by element.</summary>
internal sealed class PlainStatement
{
    private readonly JsonElement _json;
    private readonly bool _variables;
    private readonly PolicyType _type;
    private readonly IReadOnlyDictionary<string, string>? _bindings;
    private readonly PlainCondition[] _conditions;

    public PlainStatement(JsonElement json, bool variables, PolicyType type, IReadOnlyDictionary<string, string>? bindings)
    {
        (_json, _variables, _type, _bindings) = (json, variables, type, bindings);
        _conditions = json.TryGetProperty("Condition", out var block)
            ? [.. block.EnumerateObject().SelectMany(op => op.Value.EnumerateObject().Select(key => new PlainCondition(op.Name, key.Name, Texts(key.Value), variables)))]
            : [];
        IsDeny = json.GetProperty("Effect").GetString() == "Deny";
    }

    public bool IsDeny { get; }

    /// <summary>Whether action, resource and all conditions fit.</summary>
    public bool Concerns(AccessRequest request) =>
        Listed("Action", "NotAction", pattern => ActionFits(pattern, request.Action), true)
        && Listed("Resource", "NotResource", pattern => ResourceFits(pattern, request), true)
        && _conditions.All(condition => condition.IsTrue(request.Context));

    /// <summary>How the statement names the caller: 0 not, 1 account, 2 entity, 3 direct.</summary>
    public int Names(Principal caller, bool hasBoundary)
    {
        var isFederated = caller.Kind is PrincipalKind.WebIdentity or PrincipalKind.Saml;
        var mustNameProvider = isFederated && !IsDeny && _type != PolicyType.ResourceControl;
        if (_json.TryGetProperty("Principal", out var principal))
            return Entries(principal).Where(entry => !mustNameProvider || entry.Text != "*").Select(entry => StrengthOf(entry, caller)).DefaultIfEmpty(0).Max();
        if (!_json.TryGetProperty("NotPrincipal", out var others))
            return 0;
        var strengths = Entries(others).Select(entry => StrengthOf(entry, caller)).ToHashSet();
        if (!IsDeny)
            return mustNameProvider || strengths.Any(strength => strength > 0) ? 0 : 3;
        var isSpared = Entries(others).Any(entry => entry.Text == "*") || (caller.Kind != PrincipalKind.Anonymous && FormsOf(caller).All(strengths.Contains));
        return isSpared && !hasBoundary ? 0 : 3;
    }

    private static int[] FormsOf(Principal caller) => caller.Kind switch
    {
        PrincipalKind.Root => [1],
        PrincipalKind.User => [3, 1],
        PrincipalKind.RoleSession or PrincipalKind.FederatedUser => [3, 2, 1],
        _ => [3],
    };

    private int StrengthOf((string Type, string Text) entry, Principal caller)
    {
        var (type, text) = entry;
        var isUser = caller.Kind == PrincipalKind.User;
        if (text == "*")
            return 3;
        if (type is "Federated")
            return caller.Kind is PrincipalKind.WebIdentity or PrincipalKind.Saml && caller.Provider == text ? 3 : 0;
        if (type is "Service")
            return caller.Kind == PrincipalKind.Service && caller.Provider == text ? 3 : 0;
        if (type is "CanonicalUser")
            return 0;
        var account = caller.Account.IsSet ? caller.Account.ToString() : "none";
        if (text == account || text == $"arn:aws:iam::{account}:root")
            return 1;
        if (text.StartsWith("AIDA", StringComparison.Ordinal) || text.StartsWith("AROA", StringComparison.Ordinal))
            return text == caller.UniqueId ? isUser ? 3 : 2 : 0;
        var bound = _bindings?.GetValueOrDefault(text);
        if (text.Contains(":user/", StringComparison.Ordinal))
            return caller.UserArn is not null && (bound is null ? text == caller.UserArn : bound == caller.UniqueId) ? isUser ? 3 : 2 : 0;
        if (text.Contains(":role/", StringComparison.Ordinal))
            return caller.RoleArn is not null && (bound is null ? text == caller.RoleArn : bound == caller.UniqueId) ? 2 : 0;
        if (text.Contains(":assumed-role/", StringComparison.Ordinal))
            return caller.Kind == PrincipalKind.RoleSession && text == caller.Arn && (bound is null || bound == caller.UniqueId) ? 3 : 0;
        return caller.Kind == PrincipalKind.FederatedUser && text == caller.Arn ? 3 : 0;
    }

    private static bool ActionFits(string pattern, string action)
    {
        var lower = pattern.ToLowerInvariant();
        if (lower is "*" or "*:*")
            return true;
        var parts = lower.Split(':');
        if (parts.Length != 2 || parts[0].Length == 0 || parts[0].AsSpan().ContainsAny('*', '?'))
            return false;
        return PlainText.Matches(PlainText.Tokens(lower, true, false, new RequestContext())!, action.ToLowerInvariant());
    }

    private bool ResourceFits(string pattern, AccessRequest request)
    {
        if (pattern.Length > 0 && pattern.All(character => character == '*'))
            return true;
        var resource = request.Resource;
        var fields = pattern.Split(':', 6);
        var patterns = Enumerable.Range(0, 6).Select(i => PlainText.Tokens(i < fields.Length ? fields[i] : "*", true, _variables && i == 5, request.Context)).ToArray();
        if (patterns[5] is null)
            return false;
        var values = resource.Split(':', 6);
        if (fields[0] == "arn" && values.Length == 6 && values[0] == "arn" && Enumerable.Range(0, 6).All(i => PlainText.Matches(patterns[i]!, values[i])))
            return true;
        // What is no ARN is one pattern, and a star that ends a field may stand for further fields.
        if (fields[0] == "arn" && !fields.Take(5).Any(field => field.EndsWith('*')))
            return false;
        var whole = patterns[0]!.ToList();
        foreach (var field in patterns.Skip(1).Take(fields.Length - 1))
            whole.AddRange(field!.Prepend(':'));
        return PlainText.Matches(whole, resource);
    }

    private bool Listed(string name, string opposite, Func<string, bool> fits, bool ifNeither)
    {
        if (_json.TryGetProperty(name, out var list))
            return Texts(list).Any(fits);
        return _json.TryGetProperty(opposite, out var others) ? !Texts(others).Any(fits) : ifNeither;
    }

    private static IEnumerable<(string Type, string Text)> Entries(JsonElement principal) => principal.ValueKind == JsonValueKind.String
        ? [("AWS", principal.GetString()!)]
        : principal.EnumerateObject().SelectMany(type => Texts(type.Value).Select(text => (type.Name, text)));

    private static string[] Texts(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Text)] : [Text(value)];

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
