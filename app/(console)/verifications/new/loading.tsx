export default function Loading() {
  return <p className="mx-auto w-full max-w-5xl px-3 py-4 font-semibold text-xl sm:px-6 sm:py-6">New verification</p>;
}
