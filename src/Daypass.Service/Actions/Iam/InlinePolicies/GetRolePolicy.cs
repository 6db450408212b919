using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>An inline policy of a role.</summary>
internal sealed class GetRolePolicy() : GetInlinePolicy<Role>(HolderKinds.Role);
