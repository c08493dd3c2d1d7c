namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>A collection, point or snapshot that Qdrant does not have; callers turn it into a retry or into a sentence for the user.</summary>
internal sealed class QdrantMissingException(string path) : Exception($"Qdrant has no {path}.");
