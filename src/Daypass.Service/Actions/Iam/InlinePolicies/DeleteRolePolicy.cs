using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>Takes an inline policy from a role.</summary>
internal sealed class DeleteRolePolicy() : DeleteInlinePolicy<Role>(HolderKinds.Role);
