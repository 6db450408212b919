using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>
/// Where the managed policies of an account are in use. Counted from the entities at each question and never stored, so the numbers
/// cannot drift.
/// </summary>
internal sealed class PolicyUses
{
    private readonly Dictionary<string, int> _attachments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _boundaries = new(StringComparer.Ordinal);

    public PolicyUses(AccountDirectory directory)
    {
        foreach (var user in directory.Documents.All(DocumentKinds.User))
            Count(user, user.Boundary);
        foreach (var role in directory.Documents.All(DocumentKinds.Role))
            Count(role, role.Boundary);
        foreach (var group in directory.Documents.All(DocumentKinds.Group))
            Count(group, null);
    }

    /// <summary>How many users, groups and roles have the policy attached.</summary>
    public int Attachments(string arn) => _attachments.GetValueOrDefault(arn);

    /// <summary>How many users and roles have the policy as their permissions boundary.</summary>
    public int Boundaries(string arn) => _boundaries.GetValueOrDefault(arn);

    private void Count(IPolicyHolder holder, string? boundary)
    {
        foreach (var arn in holder.Attached)
            _attachments[arn] = Attachments(arn) + 1;
        if (boundary is not null)
            _boundaries[boundary] = Boundaries(boundary) + 1;
    }
}
