namespace Daypass.Policies.Parsing;

/// <summary>What a type of policy forbids or requires beyond the common grammar; see <see cref="Legality"/>.</summary>
internal sealed class TypeRules(PolicySource source, PolicyType type, StatementText statement)
{
    private readonly Legality _legality = Legality.Of(type);

    public PolicyError? FirstFault() => ProhibitedElement() ?? Principals() ?? Actions();

    private PolicyError? ProhibitedElement()
    {
        foreach (var (name, value) in statement.Item.Members)
        {
            if (IsProhibited(name))
                return At(value, IsOfOrganization ? PolicyMessages.OrganizationType : PolicyMessages.Prohibited(name));
        }
        return null;
    }

    private bool IsOfOrganization => type is PolicyType.ServiceControl or PolicyType.ResourceControl;

    private bool IsProhibited(string element) => element switch
    {
        "Principal" => _legality.Principal == Presence.Forbidden,
        "NotPrincipal" => !_legality.NotPrincipal,
        "NotAction" => !_legality.NotAction,
        "Resource" or "NotResource" => _legality.Resource == Presence.Forbidden,
        _ => false,
    };

    private PolicyError? Principals()
    {
        if (statement.Principal is not { } element)
        {
            var missing = _legality.Principal == Presence.Required;
            return missing ? At(statement.Item, IsOfOrganization ? PolicyMessages.OrganizationType : PolicyMessages.MissingPrincipal) : null;
        }
        var principals = PrincipalReader.Read(source, element, out var fault);
        if (fault is var (principalType, item))
            return At(item, PolicyMessages.BadPrincipal(principalType, item.Text));
        var isEveryone = principals is [{ Kind: PrincipalPatternKind.Anyone }];
        return type == PolicyType.ResourceControl && !isEveryone ? At(element, PolicyMessages.OrganizationType) : null;
    }

    private PolicyError? Actions()
    {
        if (type == PolicyType.ResourceControl && !IsLegalInResourceControl())
            return At(statement.Item, PolicyMessages.OrganizationType);
        if (type != PolicyType.Trust)
            return null;
        var other = statement.Actions.FirstOrDefault(action => !action.Text.StartsWith("sts:", StringComparison.OrdinalIgnoreCase));
        return other is null ? null : At(other, PolicyMessages.TrustActions);
    }

    /// <summary>Only the policy that allows everything may allow, and it alone may say <c>*</c> (RCPFullAWSAccess).</summary>
    private bool IsLegalInResourceControl()
    {
        var isEverything = statement.Actions is [{ Text: "*" }] && statement.Resources is [{ Text: "*" }] && !statement.IsNotResource;
        return statement.Effect.Text == "Allow"
            ? isEverything && !statement.Conditions.Any()
            : statement.Actions.All(action => action.Text is not ("*" or "*:*"));
    }

    private PolicyError At(JsonItem item, string message) => source.Error(message, item);
}
