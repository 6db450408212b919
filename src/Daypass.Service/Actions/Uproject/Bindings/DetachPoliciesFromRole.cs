using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>See <see cref="DetachPolicies{Role}"/>.</summary>
internal sealed class DetachPoliciesFromRole() : DetachPolicies<Role>(UprojectKinds.Role, "DetachRolePolicy");
