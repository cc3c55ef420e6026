package org.adjudica.ffi

import com.sun.jna.Native
import com.sun.jna.Pointer
import com.sun.jna.internal.Cleaner
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicLong

// How a call crosses into the engine. UniFFI gives each function a form that reads its arguments
// from elements of 8 bytes and writes its answer, then the status of the call, into others:
//
//   handle    1 element
//   bytes in  2 elements: length, address (only read, and only during the call)
//   text out  3 elements: capacity, length, address; freed by giving it to `release`
//   status    4 elements: code, then an error as 3 elements; freed by giving it to `errors`
//
// All of it, and a copy of the bytes, stands in one piece of memory that is freed when the call is
// over. Nothing is left for the garbage collector or for JNA's cleaner, which would fall behind.

/** What a function does with its arguments and the place of its answer. */
internal typealias Function = (Pointer, Pointer) -> Unit

/** A document that the engine refuses; [json] holds core's errors. */
internal class Refused(val json: ByteArray) : Exception()

/** The engine itself failed. */
internal class Failed(message: String) : Exception(message)

/** Something that was closed is used. */
internal class Closed : Exception()

/** Calls a function that gives text. */
internal fun crossForText(function: Function, of: NativeObject?, vararg inputs: ByteArray): ByteArray =
    Crossing(of, inputs, TEXT).use { it.call(function) { takeText(answer) } }

/** Calls a function that gives a native object. */
internal fun crossForHandle(function: Function, of: NativeObject?, vararg inputs: ByteArray): Long =
    Crossing(of, inputs, HANDLE).use { it.call(function) { answer.getLong(0) } }

/** Calls a function that gives nothing. */
internal fun crossForNothing(function: Function, of: NativeObject?, vararg inputs: ByteArray): Unit =
    Crossing(of, inputs, 0).use { it.call(function) {} }

private const val ELEMENT = 8L
private const val HANDLE = 1L
private const val BYTES = 2L
private const val TEXT = 3L
private const val STATUS = 4L

/** Codes of a status. */
private const val SUCCESS: Byte = 0
private const val ERROR: Byte = 1

/** The memory of one call: arguments, answer, status, room for what frees them, bytes. */
private class Crossing(private val of: NativeObject?, inputs: Array<out ByteArray>, answered: Long) :
    AutoCloseable {
    private val arguments: Pointer
    val answer: Pointer
    private val status: Pointer
    private val spare: Pointer

    init {
        val own = if (of == null) 0 else HANDLE
        val head = (own + BYTES * inputs.size + answered + STATUS + TEXT + STATUS) * ELEMENT
        val address = Native.malloc(head + inputs.sumOf { it.size.toLong() })
        if (address == 0L) throw OutOfMemoryError("no native memory for a call")
        arguments = Pointer(address)
        arguments.setMemory(0, head, 0)
        var place = own * ELEMENT
        var bytes = head
        for (input in inputs) {
            arguments.write(bytes, input, 0, input.size)
            arguments.setInt(place, input.size)
            arguments.setPointer(place + ELEMENT, arguments.share(bytes))
            place += BYTES * ELEMENT
            bytes += input.size
        }
        answer = arguments.share(place)
        status = answer.share(answered * ELEMENT)
        spare = status.share(STATUS * ELEMENT)
    }

    fun <T> call(function: Function, read: Crossing.() -> T): T {
        if (of == null) return invoke(function, read)
        return of.lend(spare) { handle ->
            // The function keeps this handle.
            arguments.setLong(0, handle)
            invoke(function, read)
        }
    }

    private fun <T> invoke(function: Function, read: Crossing.() -> T): T {
        function(arguments, answer)
        val code = status.getByte(0)
        if (code == SUCCESS) return read()
        val error = status.share(ELEMENT)
        if (code != ERROR) {
            val told = if (error.getLong(ELEMENT) == 0L) "" else takeText(error).decodeToString()
            throw Failed(told)
        }
        Library.uniffi_ffibuffer_adjudica_kotlin_fn_func_errors(error, spare)
        throw Refused(takeText(spare))
    }

    /** Copies a text that the engine gave, and gives it back. */
    fun takeText(text: Pointer): ByteArray {
        val length = Math.toIntExact(text.getLong(ELEMENT))
        try {
            return text.getPointer(2 * ELEMENT).getByteArray(0, length)
        } finally {
            // Any status but success would mean that it was no text; the memory is freed all the same.
            Library.uniffi_ffibuffer_adjudica_kotlin_fn_func_release(text, spare.share(TEXT * ELEMENT))
        }
    }

    override fun close() = Native.free(Pointer.nativeValue(arguments))
}

/**
 * An object of the engine. It is freed when it was closed and no call needs it any more, or after
 * garbage collection if it is forgotten.
 */
internal abstract class NativeObject(
    private val handle: Long,
    private val clone: (Long, Pointer) -> Long,
    free: (Long, Pointer) -> Unit,
) : AutoCloseable {
    /** One for being open, one for each call under way. */
    private val users = AtomicLong(1)
    private val closed = AtomicBoolean(false)
    private val cleanable = Cleaner.getCleaner().register(this, Forgotten(handle, free))

    /** Runs [call] with a handle for it to give away, made with a status at [status]. */
    fun <T> lend(status: Pointer, call: (Long) -> T): T {
        if (users.getAndUpdate { if (it == 0L) 0L else it + 1 } == 0L) throw Closed()
        try {
            return call(clone(handle, status))
        } finally {
            leave()
        }
    }

    private fun leave() {
        if (users.decrementAndGet() == 0L) cleanable.clean()
    }

    override fun close() {
        if (closed.compareAndSet(false, true)) leave()
    }

    /** Frees the object; apart from it, so that it can be forgotten. */
    private class Forgotten(private val handle: Long, private val free: (Long, Pointer) -> Unit) :
        Runnable {
        override fun run() {
            val status = Pointer(Native.malloc(STATUS * ELEMENT))
            try {
                status.setMemory(0, STATUS * ELEMENT, 0)
                free(handle, status)
            } finally {
                Native.free(Pointer.nativeValue(status))
            }
        }
    }
}
