using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>See <see cref="AttachPolicies{User}"/>.</summary>
internal sealed class AttachPoliciesToUser() : AttachPolicies<User>(UprojectKinds.User, "AttachUserPolicy");
