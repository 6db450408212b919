using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation;

/// <summary>One entry of a principal element as it is written.</summary>
/// <param name="Kind">The name it stands under, such as <c>AWS</c>; a bare <c>*</c> stands under none.</param>
/// <param name="Place">The entry.</param>
internal sealed record PrincipalDraft(string Kind, Place Place)
{
    public string Text => Place.Text;

    /// <summary>Whether it names everybody.</summary>
    public bool IsEveryone => Text == "*" && Kind is "" or "AWS";

    public static IReadOnlyList<PrincipalDraft> In(Place? element) => element switch
    {
        null => [],
        { IsText: true } => [new PrincipalDraft("", element)],
        _ => [.. element.Members.SelectMany(member => member.OneOrMany.Where(entry => entry.IsText).Select(entry => new PrincipalDraft(member.Name, entry)))],
    };
}
