using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>See <see cref="DetachPolicy{Group}"/>.</summary>
internal sealed class DetachGroupPolicy() : DetachPolicy<Group>(HolderKinds.Group);
