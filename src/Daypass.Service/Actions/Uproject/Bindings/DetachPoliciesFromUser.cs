using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>See <see cref="DetachPolicies{User}"/>.</summary>
internal sealed class DetachPoliciesFromUser() : DetachPolicies<User>(UprojectKinds.User, "DetachUserPolicy");
