using Daypass.Names;
using Daypass.Policies.Conditions;
using Daypass.Policies.Validation.Services;

namespace Daypass.Policies.Parsing;

/// <summary>
/// Turns the JSON of a syntax with URNs into that of AWS's: names into ARNs, actions of its own into those they stand for, all forms of principal into one, a <c>Resource</c> that was left
/// out into <c>*</c>. Every part keeps its place in the text. What cannot be turned stays as it is, and the checks that follow refuse it.
/// </summary>
internal sealed class UrnTranslation(PolicySyntax syntax, PolicyType type, bool widens)
{
    /// <summary>The tree as it is, if its syntax has no URNs.</summary>
    /// <param name="root">The tree as written.</param>
    /// <param name="syntax">What it is written in.</param>
    /// <param name="type">Which grammar applies.</param>
    /// <param name="widens">Whether the names of actions get those of AWS's beside them that they stand for; who judges what is written wants it as written.</param>
    public static JsonItem Of(JsonItem root, PolicySyntax syntax, PolicyType type, bool widens = true) =>
        syntax.UrnPrefix is null ? root : new UrnTranslation(syntax, type, widens).Document(root);

    private JsonItem Document(JsonItem root) =>
        EachMember(root, (name, value) => name == "Statement" ? Each(value, Statement) : value);

    private JsonItem Statement(JsonItem statement)
    {
        if (statement.Kind != JsonKind.Object)
            return statement;
        var translated = EachMember(statement, Element);
        if (translated["Resource"] is { Kind: JsonKind.Null })
            translated.Members.Remove("Resource");
        if (IsResourceOptional && translated["Resource"] is null && translated["NotResource"] is null)
            StatementElements.Add(translated, "Resource", "*");
        return translated;
    }

    /// <summary>Their Terraform provider leaves it out, or writes null, in policies of users and groups.</summary>
    private bool IsResourceOptional => PolicyChoices.UprojectResourceIsOptional
        && type is PolicyType.Identity or PolicyType.Session or PolicyType.Boundary or PolicyType.ServiceControl;

    private JsonItem Element(string name, JsonItem value) => name switch
    {
        "Action" or "NotAction" when widens => Actions(value),
        "Resource" or "NotResource" => Each(value, Name),
        "Principal" or "NotPrincipal" => Principal(value),
        "Condition" => EachMember(value, Operator),
        _ => value,
    };

    /// <summary>The actions with the names of AWS's that theirs stand for, in the place of theirs.</summary>
    private static JsonItem Actions(JsonItem actions)
    {
        if (actions.Kind is not (JsonKind.Text or JsonKind.Array) || !actions.OneOrMany.Any(item => item.Kind == JsonKind.Text && UprojectActions.Meant(item.Text).Any()))
            return actions;
        var widened = actions.EmptyCopy(JsonKind.Array);
        foreach (var item in actions.OneOrMany)
        {
            widened.Items.Add(item);
            if (item.Kind == JsonKind.Text)
                widened.Items.AddRange(UprojectActions.Meant(item.Text).Select(item.WithText));
        }
        return widened;
    }

    /// <summary>A name, a list of names, or lists by type.</summary>
    private JsonItem Principal(JsonItem principal)
    {
        if (principal is { Kind: JsonKind.Text, Text: "*" })
            return principal;
        var translated = principal.EmptyCopy(JsonKind.Object);
        if (principal.Kind != JsonKind.Object)
        {
            translated.Members.Add("AWS", Each(principal, Name));
            return translated;
        }
        foreach (var (name, entries) in principal.Members)
            Join(translated, syntax.PrincipalWrappers.Contains(name) ? "AWS" : name, Each(entries, Name));
        return translated;
    }

    private static void Join(JsonItem principal, string name, JsonItem entries)
    {
        if (principal[name] is not { } others)
        {
            principal.Members.Add(name, entries);
            return;
        }
        var joined = others.EmptyCopy(JsonKind.Array);
        joined.Items.AddRange(others.OneOrMany);
        joined.Items.AddRange(entries.OneOrMany);
        principal.Members[name] = joined;
    }

    /// <summary>
    /// Whether what a condition is compared with is a name: by an operator that compares ARNs, or as the value of a key that never is anything else. As a mere
    /// text a URN would equal none of those, and a Deny that says one would deny nothing.
    /// </summary>
    public static bool ComparesNames(OperatorName operation, string key) => operation.Operator.Read == ArnOperands.Read || KnownKeys.Find(key) is { Type: KeyType.Arn };

    /// <summary>Where names are compared; elsewhere a text is what it is.</summary>
    private JsonItem Operator(string name, JsonItem keys) =>
        OperatorName.TryParse(name, out var found) ? EachMember(keys, (key, values) => ComparesNames(found, key) ? Each(values, Name) : values) : keys;

    private JsonItem Name(JsonItem item) =>
        item.Kind == JsonKind.Text && Urn.ToArnText(item.Text, syntax.UrnPrefix!) is { } arn ? item.WithText(arn) : item;

    private static JsonItem EachMember(JsonItem item, Func<string, JsonItem, JsonItem> change)
    {
        if (item.Kind != JsonKind.Object)
            return item;
        var changed = item.EmptyCopy(JsonKind.Object);
        foreach (var (name, value) in item.Members)
            changed.Members.Add(name, change(name, value));
        return changed;
    }

    private static JsonItem Each(JsonItem item, Func<JsonItem, JsonItem> change)
    {
        if (item.Kind != JsonKind.Array)
            return change(item);
        var changed = item.EmptyCopy(JsonKind.Array);
        changed.Items.AddRange(item.Items.Select(change));
        return changed;
    }
}
