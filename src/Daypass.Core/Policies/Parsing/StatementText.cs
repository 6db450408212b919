using Daypass.Policies.Conditions;

namespace Daypass.Policies.Parsing;

/// <summary>A statement whose form is right, not yet checked for meaning.</summary>
internal sealed class StatementText(JsonItem item)
{
    public JsonItem Item { get; } = item;

    public JsonItem? Sid => Item["Sid"];

    public JsonItem Effect => Item["Effect"]!;

    public bool IsNotAction => Item["NotAction"] is not null;

    public bool IsNotResource => Item["NotResource"] is not null;

    public bool IsNotPrincipal => Item["NotPrincipal"] is not null;

    public JsonItem? Principal => Item["Principal"] ?? Item["NotPrincipal"];

    public IReadOnlyList<JsonItem> Actions => (Item["Action"] ?? Item["NotAction"])?.OneOrMany ?? [];

    public JsonItem? Resource => Item["Resource"] ?? Item["NotResource"];

    public IReadOnlyList<JsonItem> Resources => Resource?.OneOrMany ?? [];

    /// <summary>Operator, key and values of every condition; operators without keys, known or not, say nothing.</summary>
    public IEnumerable<(OperatorName Operator, string Key, JsonItem Values)> Conditions
    {
        get
        {
            foreach (var (name, keys) in Item["Condition"]?.Members ?? [])
            {
                foreach (var (key, values) in keys.Members)
                {
                    OperatorName.TryParse(name, out var found);
                    yield return (found, key, values);
                }
            }
        }
    }

    public IReadOnlyList<string> TextsOf(IReadOnlyList<JsonItem> items) => [.. items.Select(item => item.Text)];
}
