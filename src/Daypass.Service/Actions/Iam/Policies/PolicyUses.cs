using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>
/// Where the managed policies of an account are in use. Known from the entities themselves and never stored, so the numbers cannot
/// drift.
/// </summary>
internal sealed class PolicyUses(AccountDirectory directory)
{
    private readonly Documents _documents = directory.Documents;

    /// <summary>How many users, groups and roles have the policy attached.</summary>
    public int Attachments(string arn) =>
        _documents.CountBy(DocumentIndexes.UsersByPolicy, arn) + _documents.CountBy(DocumentIndexes.RolesByPolicy, arn) + _documents.CountBy(DocumentIndexes.GroupsByPolicy, arn);

    /// <summary>How many users and roles have the policy as their permissions boundary.</summary>
    public int Boundaries(string arn) =>
        _documents.CountBy(DocumentIndexes.UsersByBoundary, arn) + _documents.CountBy(DocumentIndexes.RolesByBoundary, arn);
}
