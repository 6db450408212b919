using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>See <see cref="ListPoliciesFor{Role}"/>.</summary>
internal sealed class ListPoliciesForRole() : ListPoliciesFor<Role>(UprojectKinds.Role, "ListAttachedRolePolicies");
