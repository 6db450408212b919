using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>Writes an inline policy of a role.</summary>
internal sealed class PutRolePolicy() : PutInlinePolicy<Role>(HolderKinds.Role);
