using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.X509;

/// <summary>A profile of Roles Anywhere: which roles may be had by certificate, and what their sessions are limited to.</summary>
internal sealed record AnywhereProfile
{
    /// <summary>How long sessions last when nobody says.</summary>
    public const int DefaultDuration = 3600;

    public int Schema { get; init; } = 1;

    /// <summary>A UUID.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required bool IsEnabled { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    /// <summary>The ARN of who made it.</summary>
    public required string CreatedBy { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public string? SessionPolicy { get; init; }

    public IReadOnlyList<string> ManagedPolicies { get; init; } = [];

    /// <summary>In seconds: the most that a session may have, and what it gets when nothing else is asked for.</summary>
    public int Duration { get; init; } = DefaultDuration;

    public bool AcceptsSessionName { get; init; }

    public bool RequiresInstanceProperties { get; init; }

    public IReadOnlyList<AttributeMapping> Mappings { get; init; } = AttributeMapping.Defaults;

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public Arn ArnIn(AccountId account) => Arn.Of("rolesanywhere", Regions.Default, account.ToString(), "profile/" + Id);

    /// <exception cref="ApiException">AccessDenied: the role cannot be had by this profile.</exception>
    public void RequireRole(string roleArn)
    {
        if (!IsEnabled)
            throw Errors.AccessDenied("The profile is disabled.");
        if (!Roles.Contains(roleArn))
            throw Errors.AccessDenied("The role is not one of the profile's.");
    }
}

/// <summary>Which attributes of one field of the certificate become session tags.</summary>
/// <param name="Field"><c>x509Subject</c>, <c>x509Issuer</c> or <c>x509SAN</c>.</param>
/// <param name="Specifiers">Attribute names such as <c>CN</c>, <c>DNS</c> or <c>Name/CN</c>; <c>*</c> stands for all that are left, behind a slash too.</param>
internal sealed record AttributeMapping(string Field, IReadOnlyList<string> Specifiers)
{
    public static readonly string[] Fields = ["x509Issuer", "x509SAN", "x509Subject"];

    public static readonly AttributeMapping[] Defaults = [.. Fields.Select(field => new AttributeMapping(field, ["*"]))];

    public bool Takes(string attribute) => Specifiers.Any(specifier =>
        specifier == attribute || specifier == "*" || (specifier.EndsWith("/*", StringComparison.Ordinal) && attribute.StartsWith(specifier[..^1], StringComparison.Ordinal)));
}
