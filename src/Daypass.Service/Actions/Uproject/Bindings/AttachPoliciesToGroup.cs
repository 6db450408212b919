using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>See <see cref="AttachPolicies{Group}"/>.</summary>
internal sealed class AttachPoliciesToGroup() : AttachPolicies<Group>(UprojectKinds.Group, "AttachGroupPolicy");
