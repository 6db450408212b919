using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>See <see cref="ListPoliciesFor{Group}"/>.</summary>
internal sealed class ListPoliciesForGroup() : ListPoliciesFor<Group>(UprojectKinds.Group, "ListAttachedGroupPolicies");
