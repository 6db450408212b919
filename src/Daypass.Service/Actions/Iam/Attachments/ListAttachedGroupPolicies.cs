using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>See <see cref="ListAttachedPolicies{Group}"/>.</summary>
internal sealed class ListAttachedGroupPolicies() : ListAttachedPolicies<Group>(HolderKinds.Group);
