using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Federation;

/// <summary>
/// Whom an identity provider vouches for, proven: what its token or assertion comes to, in the same terms for every protocol. Made by the authenticators
/// of federation, used by the actions that issue sessions for it.
/// </summary>
internal sealed record ProvenIdentity
{
    /// <summary>The provider's ARN: how trust policies name it.</summary>
    public required string Provider { get; init; }

    public required string Subject { get; init; }

    public required string Audience { get; init; }

    /// <summary>When the provider issued its word, in real time.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When sessions made with it end at the latest, in real time; null where they may outlive it.</summary>
    public DateTimeOffset? SessionsEndAt { get; init; }

    /// <summary>All condition keys that the provider fills, for the trust policy.</summary>
    public required IReadOnlyList<FederatedKey> Keys { get; init; }

    /// <summary>Those of <see cref="Keys"/> that the session keeps.</summary>
    public required IReadOnlyList<FederatedKey> KeptKeys { get; init; }

    /// <summary>Session tags.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public IReadOnlyList<string> TransitiveTagKeys { get; init; } = [];

    public string? SourceIdentity { get; init; }

    /// <summary>What only SAML's assertions have; null for everybody else's word.</summary>
    public SamlIdentity? Saml { get; init; }

    /// <summary>What only certificates have; null for everybody else's word.</summary>
    public CertificateIdentity? Certificate { get; init; }

    /// <summary>What only a directory's users have; null for everybody else.</summary>
    public LdapIdentity? Ldap { get; init; }
}

/// <summary>What a call without an access key shows to prove whom it is for.</summary>
/// <param name="Role">The role that is asked for: its account is where the provider must be registered. Null only where the provider offers the roles.</param>
/// <param name="Text">The token, assertion or password, as sent.</param>
internal sealed record ShownIdentity(Arn? Role, string Text)
{
    /// <summary>The name that goes with a password; null for tokens and assertions, which say themselves whom they are of.</summary>
    public string? UserName { get; init; }

    /// <summary>The provider that the call names; null where the text itself does.</summary>
    public Arn? Provider { get; init; }

    /// <summary>The profile of Roles Anywhere that the call names; null for all others.</summary>
    public Arn? Profile { get; init; }

    /// <summary>What the call says of the machine; empty for all but Roles Anywhere.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>What a call shows. As AWS has it for unsigned actions, faults of form are told to everybody.</summary>
    /// <exception cref="ApiException">ValidationError.</exception>
    public static ShownIdentity Of(ApiRequest request)
    {
        var wire = new Parameters(request.Parameters);
        var call = request.Action.Bind(wire);
        return wire.Violations.Count > 0 ? throw Errors.Validation(wire.Violations) : call.Identity!;
    }
}
