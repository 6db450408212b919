using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation;

/// <summary>A statement as it is written, right or wrong.</summary>
internal sealed class StatementDraft
{
    public StatementDraft(Place place)
    {
        Place = place;
        Effect = place["Effect"];
        Actions = Texts("Action");
        NotActions = Texts("NotAction");
        Resources = Texts("Resource");
        NotResources = Texts("NotResource");
        Principals = PrincipalDraft.In(place["Principal"]);
        NotPrincipals = PrincipalDraft.In(place["NotPrincipal"]);
        Conditions = ConditionDraft.In(place["Condition"]);
    }

    public Place Place { get; }

    public Place? Effect { get; }

    public bool IsAllow => Effect is { IsText: true, Text: "Allow" };

    public bool IsDeny => Effect is { IsText: true, Text: "Deny" };

    public IReadOnlyList<Place> Actions { get; }

    public IReadOnlyList<Place> NotActions { get; }

    public IReadOnlyList<Place> Resources { get; }

    public IReadOnlyList<Place> NotResources { get; }

    public IReadOnlyList<PrincipalDraft> Principals { get; }

    public IReadOnlyList<PrincipalDraft> NotPrincipals { get; }

    public IReadOnlyList<ConditionDraft> Conditions { get; }

    public bool Has(string element) => Place.Json.Members.ContainsKey(element);

    private IReadOnlyList<Place> Texts(string element) => Place[element] is { } value ? [.. value.OneOrMany.Where(place => place.IsText)] : [];
}
