using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>The names of the inline policies of a role.</summary>
internal sealed class ListRolePolicies() : ListInlinePolicies<Role>(HolderKinds.Role);
