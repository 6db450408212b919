using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>Takes an inline policy from a group.</summary>
internal sealed class DeleteGroupPolicy() : DeleteInlinePolicy<Group>(HolderKinds.Group);
