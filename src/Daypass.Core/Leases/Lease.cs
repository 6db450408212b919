using System.Text.Json;
using System.Text.Json.Serialization;

namespace Daypass.Leases;

/// <summary>
/// What a protected service holds of one caller, and all it holds: the signing key for exactly this (access key, date, region, service),
/// who the caller is, and those statements of its policies that can concern the service. With it the service verifies and decides
/// by itself until the lease ends. It can mint nothing with it, and speak as nobody.
/// </summary>
public sealed record Lease
{
    /// <summary>Changes whenever anything in the lease changes; sent along at renewal, so that an unchanged lease is not sent again.</summary>
    public required string Version { get; init; }

    /// <summary>The access key id that the lease is for.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The date of the signing key, <c>yyyyMMdd</c>; null for a lease without one.</summary>
    public string? Date { get; init; }

    /// <summary>The region of the service, and of the signing key.</summary>
    public required string Region { get; init; }

    /// <summary>The service, and that of the signing key.</summary>
    public required string Service { get; init; }

    /// <summary>
    /// The derived Signature V4 key, 32 bytes. Never log it. Null for a lease that came with a verdict (<see cref="VerdictProtocol"/>): with
    /// that nothing can be verified, only decided.
    /// </summary>
    public byte[]? SigningKey { get; init; }

    /// <summary>The caller.</summary>
    public required LeasePrincipal Principal { get; init; }

    /// <summary>Condition keys that Daypass vouches for, such as <c>aws:PrincipalTag/team</c>.</summary>
    public required IReadOnlyDictionary<string, string> Keys { get; init; }

    /// <summary>Multivalued condition keys that Daypass vouches for, such as an identity provider's <c>amr</c>; null when there are none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? ListKeys { get; init; }

    /// <summary>Policy time (Unix seconds) at which the session ends; null for long-term keys. On that second it is refused.</summary>
    public long? SessionExpires { get; init; }

    /// <summary>Policy time (Unix seconds) at which MFA was given, for <c>aws:MultiFactorAuthAge</c>; null without MFA.</summary>
    public long? MfaAt { get; init; }

    /// <summary>How many seconds policy time is ahead of real time.</summary>
    public long ClockOffset { get; init; }

    /// <summary>The identity policies, sliced to the service.</summary>
    public required IReadOnlyList<LeasePolicy> Identity { get; init; }

    /// <summary>The permissions boundary, sliced; null when there is none.</summary>
    public LeasePolicy? Boundary { get; init; }

    /// <summary>The session policies, sliced; null when none were passed, which is not the same as an empty list.</summary>
    public IReadOnlyList<LeasePolicy>? Session { get; init; }

    /// <summary>With what the service explains its refusals of this caller; null where they go without.</summary>
    public LeaseExplanation? Explanation { get; init; }

    /// <summary>With what the service reports what this caller does; null where Daypass is older than that.</summary>
    public LeaseTicket? Ticket { get; init; }

    /// <summary>
    /// For how many milliseconds after it was asked for the lease may be used without asking again. Bounds how old the knowledge of a
    /// service that can reach a node may be.
    /// </summary>
    public required int FreshFor { get; init; }

    /// <summary>
    /// For how many milliseconds after it was asked for the lease may be used when no node can be reached. The trade-off: longer survives
    /// longer outages, shorter forgets sooner what was revoked during one.
    /// </summary>
    public required int ValidFor { get; init; }

    /// <summary>The lease as JSON.</summary>
    public string Serialize() => JsonSerializer.Serialize(this, LeaseJson.Default.Lease);

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not a lease.</exception>
    public static Lease Deserialize(string text) => JsonSerializer.Deserialize(text, LeaseJson.Default.Lease) ?? throw new JsonException("The lease is null.");
}

/// <summary>A caller as a lease describes it.</summary>
/// <param name="Kind">The name of a <see cref="Policies.PrincipalKind"/>: User, RoleSession, FederatedUser or Root.</param>
/// <param name="Account">Twelve digits.</param>
/// <param name="Arn">The ARN that messages print: the session's, for sessions.</param>
/// <param name="RoleArn">The role's ARN with its path, for role sessions.</param>
/// <param name="UserArn">The user's ARN, for users and federated users.</param>
/// <param name="UniqueId">AIDA... or AROA..., without a session's name.</param>
/// <param name="UserId">As <c>aws:userid</c> has it.</param>
public sealed record LeasePrincipal(string Kind, string Account, string Arn, string? RoleArn, string? UserArn, string? UniqueId, string UserId);

/// <summary>One policy of a lease.</summary>
/// <param name="Id">The ARN of a managed policy or the name of an inline one.</param>
/// <param name="Arn">The ARN of a managed policy, else null.</param>
/// <param name="Document">The statements that can concern the service, as a policy document.</param>
/// <param name="Syntax">The <see cref="Policies.PolicySyntax.Mark"/> of the document; null for AWS's syntax.</param>
public sealed record LeasePolicy(string Id, string? Arn, string Document, string? Syntax = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Lease))]
internal sealed partial class LeaseJson : JsonSerializerContext;
