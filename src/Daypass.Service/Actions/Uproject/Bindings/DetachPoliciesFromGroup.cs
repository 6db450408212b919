using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>See <see cref="DetachPolicies{Group}"/>.</summary>
internal sealed class DetachPoliciesFromGroup() : DetachPolicies<Group>(UprojectKinds.Group, "DetachGroupPolicy");
