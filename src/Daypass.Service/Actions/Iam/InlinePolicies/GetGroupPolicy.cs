using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>An inline policy of a group.</summary>
internal sealed class GetGroupPolicy() : GetInlinePolicy<Group>(HolderKinds.Group);
