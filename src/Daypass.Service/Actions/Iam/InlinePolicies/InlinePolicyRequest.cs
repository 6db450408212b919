using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>A holder and the name of an inline policy of it.</summary>
internal sealed record InlinePolicyRequest(string HolderName, string PolicyName)
{
    public static InlinePolicyRequest Read<T>(HolderKind<T> kind, Parameters wire)
        where T : class, IPolicyHolder =>
        new(kind.ReadName(wire), wire.RequiredText("PolicyName", TextRules.PolicyName));

    /// <exception cref="ApiException">NoSuchEntity: the holder has no such policy.</exception>
    public InlinePolicy RequireIn<T>(HolderKind<T> kind, T holder)
        where T : class, IPolicyHolder =>
        holder.Inline.FirstOrDefault(policy => policy.Name == PolicyName) ?? throw Errors.NoSuchEntity($"The {kind.Noun} policy with name {PolicyName} cannot be found.");
}
