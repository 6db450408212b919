using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>See <see cref="AttachPolicy{Group}"/>.</summary>
internal sealed class AttachGroupPolicy() : AttachPolicy<Group>(HolderKinds.Group);
