using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>See <see cref="AttachPolicies{Role}"/>.</summary>
internal sealed class AttachPoliciesToRole() : AttachPolicies<Role>(UprojectKinds.Role, "AttachRolePolicy");
