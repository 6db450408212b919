using Daypass.Names;
using Daypass.Policies;

namespace Daypass.Service.Pipeline;

/// <summary>
/// What an installation is called where people and clients read it. Nothing that is stored depends on it: names are kept as ARNs, and each
/// document beside the syntax that it was written in, so another brand is a matter of a restart.
/// </summary>
internal sealed record Brand
{
    /// <summary>What sign-in pages and authenticators call the product. Default Daypass.</summary>
    public string ProductName { get; init; } = "Daypass";

    /// <summary>The host where people sign in, if that is not the public address's; also the domain of users who have no mail address.</summary>
    public string? SignInHost { get; init; }

    /// <summary>The language of policies in the uproject dialect, with the first word of its names. Default <c>ucs</c>.</summary>
    public PolicySyntax Syntax { get; init; } = PolicySyntax.Uproject;

    /// <summary>The first word of URNs.</summary>
    public string UrnPrefix => Syntax.UrnPrefix!;

    /// <summary>An ARN as the uproject dialect prints it; what has no URN stays as it is.</summary>
    public string NameOf(string arn) => Arn.TryParse(arn, out var name) && Urn.Of(name, UrnPrefix) is { } urn ? urn.ToString() : arn;

    /// <summary>A URN of this brand as the ARN that it stands for; an ARN, and what is neither, stays as it is.</summary>
    public string ArnOf(string name) => Urn.TryParse(name, out var urn, UrnPrefix) ? urn.ToArn().ToString() : name;

    /// <summary>Where people sign in, without a slash at the end; null while that is not known.</summary>
    public string? SignInUrl(string? publicUrl) => SignInHost is null ? publicUrl : $"https://{SignInHost}";
}
