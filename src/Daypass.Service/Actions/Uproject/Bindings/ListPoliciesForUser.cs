using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>See <see cref="ListPoliciesFor{User}"/>.</summary>
internal sealed class ListPoliciesForUser() : ListPoliciesFor<User>(UprojectKinds.User, "ListAttachedUserPolicies");
