namespace Daypass.Policies.Parsing;

/// <summary>Which elements are legal in a type of policy.</summary>
/// <param name="Principal">The <c>Principal</c> element.</param>
/// <param name="NotPrincipal">Whether <c>NotPrincipal</c> may stand in its place.</param>
/// <param name="NotAction">Whether <c>NotAction</c> may stand in place of <c>Action</c>.</param>
/// <param name="Resource">Whether <c>Resource</c> or <c>NotResource</c> is required or forbidden.</param>
/// <param name="NewestVersion">Whether the document must say its syntax's newest version, <c>"Version": "2012-10-17"</c>.</param>
/// <param name="IsIamWritten">Whether IAM's own checks of Sids, ARNs and vendors apply; other services take other forms.</param>
internal sealed record Legality(Presence Principal, bool NotPrincipal, bool NotAction, Presence Resource, bool NewestVersion, bool IsIamWritten)
{
    private static readonly Legality Identity = new(Presence.Forbidden, NotPrincipal: false, NotAction: true, Presence.Required, NewestVersion: true, IsIamWritten: true);
    private static readonly Legality Session = Identity with { NewestVersion = false };
    private static readonly Legality Trust = new(Presence.Required, NotPrincipal: false, NotAction: false, Presence.Forbidden, NewestVersion: true, IsIamWritten: true);
    private static readonly Legality OnResource = new(Presence.Optional, NotPrincipal: true, NotAction: true, Presence.Required, NewestVersion: false, IsIamWritten: false);
    private static readonly Legality ResourceControl = new(Presence.Required, NotPrincipal: false, NotAction: false, Presence.Required, NewestVersion: true, IsIamWritten: true);

    public static Legality Of(PolicyType type) => type switch
    {
        PolicyType.Identity or PolicyType.Boundary => Identity,
        PolicyType.Session or PolicyType.ServiceControl => Session,
        PolicyType.Trust => Trust,
        PolicyType.ResourceControl => ResourceControl,
        _ => OnResource,
    };
}
